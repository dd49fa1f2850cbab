"""IL903: the gradient dies on its way back to the first layers."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import LIMITS, display, init_of, layer_at, of_layer, report, worst
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule
from initlint.signal.profile import gradient_fall


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding, at the layer from which no earlier one gets a gradient to speak of."""
    found = worst(measured, lambda run: gradient_fall(run, LIMITS[0]))
    if found is None:
        return
    layer = layer_at(measured, found.at)
    init = init_of(measured, layer)
    left = f"×{factor(found.factor)} of what later layers get" if found.factor > 0 else "nothing"
    text = (
        f"the first layers hardly learn: from `{display(layer)}` on, {plural(found.layers - 1, 'layer')} back from the "
        f"last hidden one, the gradient is {left}{f'; {init}' if init else ''}"
    )
    yield report(measured, of_layer(measured, layer), text, Severity.WARNING, display(layer))


RULE = Rule("IL903", "gradient-vanishes", "the gradient dies along the depth (measured)", check, "measured")
