"""IL205: weights whose hand-written scale makes the signal die over the depth."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import consequence, faults
from initlint.checks._fixes import KEEPS, one_draw
from initlint.checks._scale import hard_coded
from initlint.checks._weights import first_action, line_to_change, report
from initlint.checks._wording import factor, kaiming_remedy, title
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that sets such a scale."""
    told: set[Place] = set()
    for _, fault in faults(facts, "IL205"):
        layers = [layer for layer in fault.stack.hidden if hard_coded(layer)]
        place = line_to_change(layers[0])
        if place not in told and fault.reached is not None:
            told.add(place)
            message = f"{consequence(fault.stack, fault.reached)}: {_scale(layers)}"
            fix = one_draw(facts, place, layers[0], KEEPS)
            yield report(facts, place, layers, message, Severity.WARNING, fix=fix)


def _scale(layers: list[LayerFact]) -> str:
    gains = [float(layer.gain) for layer in layers if isinstance(layer.gain, (int, float))]
    init = first_action(layers[0]).initializer
    std = f" of std {float(init.std):.2g}" if isinstance(init.std, (int, float)) else ""
    said = f"`{init.call}`{std} is a gain fan_in · Var(W)"
    if gains:
        low, high = factor(min(gains)), factor(max(gains))
        said += f" of {low}" if low == high else f" of {low} to {high}"
    activation = next((layer.activation for layer in layers if layer.activation), None)
    if activation is None:
        return f"{said}, not 1; scale it by the fan, as `xavier_normal_` does"
    if activation.name in {"tanh", "hardtanh", "softsign"}:
        return f"{said}, not the 1 that {title(activation)} needs; use `xavier_normal_`"
    return f"{said}, too small before {title(activation)}; use {kaiming_remedy(activation)}"


RULE = Rule(
    "IL205", "weight-scale-too-small", "a hand-written weight scale that kills the signal over the depth", check
)
