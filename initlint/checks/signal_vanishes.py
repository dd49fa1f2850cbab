"""IL901: what tells inputs apart dies on its way through the layers."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import LIMITS, display, init_of, layer_at, of_layer, over_seeds, report, worst
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement
from initlint.rule import Rule
from initlint.signal.profile import chain_factor, chains, explicit, fall, tensor

# In a plain chain of so many layers whose init the project chose, a loss beyond this is a choice gone wrong.
_CHOSEN, _DEPTH = 0.05, 5
_LEAST = 3


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the whole depth, else one for each plain chain in which the signal dies."""
    found = worst(measured, lambda run: fall(run, LIMITS[0]))
    if found is not None:
        layer = layer_at(measured, found.at)
        yield _finding(measured, layer, found.factor, found.layers)
        return
    for chain in chains(measured.first):
        inner = [layer for layer in chain if not layer.head]
        value = _over_seeds(measured, chain)
        chosen = explicit(tensor(measured.first, inner[0].weight)) if inner else None
        limit = _CHOSEN if chosen is not None and len(inner) >= _DEPTH else LIMITS[0]
        if chosen is not None and limit > LIMITS[0] and inner[-1].second > limit * inner[0].second:
            limit = LIMITS[0]  # the scale stays, and inputs only grow alike: as they do in any deep stack
        if len(inner) >= _LEAST and 0 < value < limit:
            yield _finding(measured, inner[-1], value, len(inner))


def _over_seeds(measured: Measurement, chain: list[Layer]) -> float:
    return over_seeds(measured, lambda run: chain_factor([run.layers[layer.number] for layer in chain]))


def _finding(measured: Measurement, layer: Layer, value: float, layers: int) -> Finding:
    init = init_of(measured, layer)
    left = f"falls to ×{factor(value)}" if value > 0 else "falls to nothing"
    text = (
        f"inputs become indistinguishable: their spread {left}, and is as good as gone after "
        f"{plural(layers, 'layer')}, at `{display(layer)}`{f'; {init}' if init else ''}"
    )
    dead = value <= 0 and not (layer.woken or 0.0) > 0
    return report(
        measured, of_layer(measured, layer), text, Severity.ERROR if dead else Severity.WARNING, display(layer)
    )


RULE = Rule("IL901", "signal-vanishes", "what tells inputs apart dies along the depth (measured)", check, "measured")
