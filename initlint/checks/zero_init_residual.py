"""IL508: a deep residual net whose branches all start at full strength, though each ends with a norm."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import constant_of
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, NewLines, PlacedFix, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, NormFact

# ResNet-50 has 12 blocks that keep the width, and 4 that change it.
BLOCKS = 12
_OF_CHANNELS = frozenset({"batch", "group", "instance"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes such norms."""
    lines: dict[Place, list[NormFact]] = {}
    for norm in facts.norms:
        if norm.op.name in _OF_CHANNELS and norm.beside_identity and constant_of(norm.weight) == 1:
            lines.setdefault(norm.made, []).append(norm)
    for place, used in lines.items():
        norms = list({norm.weight.name: norm for norm in used}.values())
        if len(norms) < BLOCKS:
            continue
        count = len(norms)
        message = (
            f"{count} residual branches start as large as what they are added to (their last norms "
            f"{names([each.name for each in norms])} scale by 1), so the signal's variance grows by about {count} over "
            f"the stack; start these weights at zero, and each block starts as the identity"
        )
        fix = PlacedFix(
            "start the weight at zero: the blocks start as the identity, and every run changes from its first step on",
            Applicability.UNSAFE,
            (NewLines(place, "{torch.nn.init.zeros_}({target}.weight)"),),
        )
        yield Finding(place, message, Severity.INFO, fix=fix, class_name=facts.model.name, layer=norms[0].name)


RULE = Rule(
    "IL508", "zero-init-residual", "a deep residual net whose last norms could start at zero", check, default=False
)
