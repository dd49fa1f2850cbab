"""IL513: an LSTM whose forget gate starts half closed, as PyTorch makes it."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._recurrent import biases, lstms
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, NewLines, PlacedFix, Severity
from initlint.ir.initializer import Initializer
from initlint.ir.model import Module
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts

# σ(0.5) = 0.62: below it, what is kept halves within two steps.
OPEN = 0.5
_LOOP = (
    "for name, parameter in {target}.named_parameters():\n"
    '    if "bias_hh" in name:\n'
    "        {torch.nn.init.ones_}(parameter.data[parameter.numel() // 4 : parameter.numel() // 2])"
)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes LSTMs of which every bias starts near zero."""
    lines: dict[Place, list[Module]] = {}
    for module in lstms(facts):
        found = biases(facts, module)
        if found and all(_near_zero(each.initializer) for each in found):
            lines.setdefault(module.place, []).append(module)
    for place, modules in lines.items():
        message = (
            f"the forget gate of {names([module.path for module in modules])} starts half open, as its bias is near 0: "
            f"what the state holds is down to 1e-3 after 10 steps; start that quarter of the bias, "
            f"`bias[n // 4 : n // 2]`, at 1"
        )
        yield Finding(
            place, message, Severity.INFO, fix=_fix(place), class_name=facts.model.name, layer=modules[0].path
        )


def _near_zero(initializer: Initializer | None) -> bool:
    if initializer is None:
        return False
    mean, std = initializer.mean, initializer.std
    if not isinstance(mean, (int, float)) or abs(mean) >= OPEN:
        return False
    return initializer.scheme == "default" or (isinstance(std, (int, float)) and std < OPEN)


def _fix(place: Place) -> PlacedFix:
    text = "start the forget gates' bias at 1: states last, and every run changes from its first step on"
    return PlacedFix(text, Applicability.UNSAFE, (NewLines(place, _LOOP),))


RULE = Rule("IL513", "closed-forget-gate", "an LSTM whose forget gate starts half closed", check, default=False)
