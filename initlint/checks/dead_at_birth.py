"""IL211: a bias before ReLU so far below zero that hardly any unit ever fires."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._weights import callers, related_places
from initlint.checks._wording import factor, names, title
from initlint.checks.biased_init import RECTIFIERS, offset
from initlint.diagnostics import Finding, Severity
from initlint.ir.dim import format_number
from initlint.ir.initializer import InitAction
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact, State

# Of all units of a layer, for all inputs: below this, most units get no gradient from a batch of usual size.
LEAST = 0.01


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills biases so."""
    calls: dict[Place, list[tuple[LayerFact, InitAction, float, float]]] = {}
    for layer in facts.layers:
        found = offset(layer)
        firing = _firing(layer, found[1]) if found is not None else None
        if found is not None and firing is not None and firing < LEAST:
            calls.setdefault(found[0].place, []).append((layer, *found, firing))
    for place, hits in calls.items():
        layer, action, value, firing = hits[0]
        assert layer.activation is not None
        message = (
            f"{names([each.name for each, *_ in hits])} is dead from the start: with biases of "
            f"{format_number(value)}, {title(layer.activation)} lets {factor(100 * firing)} % through, so hardly any "
            f"unit gets a gradient; start the biases at zero"
        )
        related = related_places(place, callers(facts, action))
        yield Finding(place, message, Severity.WARNING, related=related, class_name=facts.model.name, layer=layer.name)


def _firing(layer: LayerFact, value: float) -> float | None:
    """The share of pre-activations above zero, at most; None where it isn't known, or the layer feeds no ReLU alone."""
    activation, after = layer.activation, layer.after
    if activation is None or activation.name not in RECTIFIERS or not isinstance(after, State) or value >= 0:
        return None
    spread = (after.second - value**2) * 10 ** (2 * after.tolerance)  # at most
    return 0.5 * math.erfc(-value / math.sqrt(2 * spread)) if spread > 0 else None


RULE = Rule("IL211", "dead-at-birth", "biases so far below zero that ReLU's units never fire", check)
