"""IL506: an activation on the logits before a loss that applies its own: loss and gradient at init are wrong."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Applicability, Finding, PlacedEdit, PlacedFix, Severity, Unwrap
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import FileFacts, LossUse

_OF_CLASSES = frozenset({"CrossEntropyLoss", "cross_entropy"})
_EFFECT = {
    "softmax": "softmax is applied twice, so even a perfect answer among 10 classes costs 1.46",
    "sigmoid": "logits lie between 0 and 1, so even a perfect answer among 10 classes costs 1.46",
    "relu": "logits below 0 are cut off and get no gradient",
}
_EFFECT_OF_ONE = {
    "softmax": "softmax gives probabilities, and the loss applies sigmoid to them",
    "sigmoid": "sigmoid is applied twice, so no probability falls below 0.5 and the loss not below 0.31 or 0.69",
    "relu": "no logit falls below 0, so no probability below 0.5",
}


def check(facts: FileFacts) -> Iterator[Finding]:
    """One finding for each activation that stands before such a loss."""
    seen: set[Place] = set()
    for use in facts.losses:
        effect = (_EFFECT if use.loss in _OF_CLASSES else _EFFECT_OF_ONE).get(use.activation)
        if effect is not None and use.made not in seen:
            seen.add(use.made)
            yield Finding(
                use.made,
                f"{effect}: `{use.loss}` wants logits; {_remedy(use)}",
                Severity.WARNING,
                fix=_fix(use),
                related=() if use.place == use.made else ((use.place, "given to the loss here"),),
                class_name=use.class_name,
            )


def _fix(use: LossUse) -> PlacedFix:
    edit = PlacedEdit(use.made, "{torch.nn.Identity}()") if use.listed else Unwrap(use.made)
    text = f"drop the {use.activation}: the loss sees logits, and every run changes; whoever reads probabilities has to"
    return PlacedFix(f"{text} apply it", Applicability.UNSAFE, (edit,))


def _remedy(use: LossUse) -> str:
    if use.activation == "relu":
        return "drop the ReLU"
    return f"drop the {use.activation} here, and apply it where probabilities are read"


RULE = Rule("IL506", "activation-before-loss", "an activation before a loss that wants logits", check, scope="file")
