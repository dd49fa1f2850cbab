"""IL904: the gradient grows beyond all bounds on its way back to the first layers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from initlint.checks._measured import LIMITS, display, init_of, layer_at, of_layer, report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement, Run
from initlint.rule import Rule
from initlint.signal.profile import hidden

_LAYERS = 4


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding, at the layer that gets most."""
    values = [_growth(run) for run in measured.runs]
    value = median(value for value, _ in values)
    layer = values[0][1]
    if layer is None or not value > LIMITS[1]:
        return
    layer = layer_at(measured, layer.number)
    init = init_of(measured, layer)
    text = (
        f"the gradient explodes on its way back: at `{display(layer)}` it is ×{factor(value)} that of the last hidden "
        f"layers{f'; {init}' if init else ''}"
    )
    yield report(measured, of_layer(measured, layer), text, Severity.WARNING, display(layer))


def _growth(run: Run) -> tuple[float, Layer | None]:
    """The largest gradient beside the largest among the last third of the layers: per element, and relative to the
    layer's own scale, whichever grows less. A small embedding in front of a norm has the one without the other."""
    layers = [layer for layer in hidden(run) if layer.flow is not None and layer.flow > 0]
    if len(layers) < _LAYERS:
        return 0.0, None
    last = layers[-max(1, len(layers) // 3) :]
    late, late_relative = max(map(_flow, last)), max(map(_relative, last))

    def growth(layer: Layer) -> float:
        plain, relative = _flow(layer) / late, _relative(layer) / late_relative if late_relative > 0 else math.nan
        return plain if math.isnan(relative) else min(plain, relative)

    most = max(layers, key=growth)
    return growth(most), most


def _flow(layer: Layer) -> float:
    return layer.flow or 0.0


def _relative(layer: Layer) -> float:
    return _flow(layer) * layer.second


RULE = Rule("IL904", "gradient-explodes", "the gradient grows beyond bounds (measured)", check, "measured")
