"""IL210: hidden biases that start at a number other than zero."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import DENSE, callers, filled_at, related_places
from initlint.checks._wording import names
from initlint.diagnostics import Applicability, Finding, InitCall, PlacedFix, Severity
from initlint.ir.dim import format_number
from initlint.ir.initializer import InitAction
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

RECTIFIERS = frozenset({"relu", "relu6"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills the biases of hidden layers so."""
    calls: dict[Place, list[tuple[LayerFact, InitAction, float]]] = {}
    for layer in facts.layers:
        found = offset(layer)
        if found is not None and layer.feeds and not layer.head and layer.next in {"activation", "layer"}:
            calls.setdefault(found[0].place, []).append((layer, *found))
    for place, hits in calls.items():
        layer, action, value = hits[0]
        units = "its units start" if len(hits) == 1 else "their units start"
        message = (
            f"the biases of {names([each.name for each, _, _ in hits])} all start at {format_number(value)}, so "
            f"{units} with an offset that all inputs share and that adds to the scale; zeros are the usual start"
        )
        yield Finding(
            place,
            message,
            Severity.INFO,
            related=related_places(place, callers(facts, action)),
            fix=_fix(facts, place),
            class_name=facts.model.name,
            layer=layer.name,
        )


def offset(layer: LayerFact) -> tuple[InitAction, float] | None:
    """The one write that gives all biases of the layer one value but zero, and that value."""
    if layer.bias is None or layer.op.name not in DENSE or len(layer.bias.candidates) != 1:
        return None
    (action,) = layer.bias.candidates
    value = action.initializer.constant
    number = float(value) if isinstance(value, (int, float)) else 0.0
    return (action, number) if action.explicit and number != 0 else None


def _fix(facts: Facts, place: Place) -> PlacedFix | None:
    filled = filled_at(facts, place)
    if not all(each.name.endswith("bias") for each in filled):
        return None
    text = "use `zeros_`: no offset is left, and every run changes from its first step on"
    return PlacedFix(text, Applicability.UNSAFE, (InitCall(place, "torch.nn.init.zeros_"),))


RULE = Rule("IL210", "biased-init", "hidden biases that start away from zero", check, default=False)
