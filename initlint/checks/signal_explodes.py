"""IL902: the signal grows beyond all bounds, along the depth or in one layer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._measured import LIMITS, display, init_of, layer_at, of_layer, once, over_seeds, report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement, Run
from initlint.rule import Rule
from initlint.signal.profile import TABLES, driven, hidden, reference, waves

# The factor of one layer, in standard deviations: He's is √2, and fan_out beside a large fan_in gives up to 4.
_ONE_LAYER = 8.0


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding where the depth does it, else one for each line that sets a layer's scale too high."""
    first = next((n for n in _numbers(measured.first) if not _grown(measured, n) <= LIMITS[1]), None)
    if first is not None and not math.isnan(_grown(measured, first)):
        layer = layer_at(measured, max(layer_at(measured, first).reads))
        depth = len([each for each in driven(measured.first) if each.number <= layer.number])
        yield _finding(measured, layer, f"grows to ×{factor(_grown(measured, first))} over {plural(depth, 'layer')}")
        return
    yield from once(_single(measured))


def _single(measured: Measurement) -> Iterator[Finding]:
    for layer in hidden(measured.first):
        value = over_seeds(measured, lambda run, number=layer.number: _gain(run.layers[number]))  # type: ignore[misc]
        behind = [layer_at(measured, number) for number in layer.feeds]
        normed = all(each.normed for each in behind)
        if value > _ONE_LAYER and layer.kind not in TABLES and not normed and not waves(measured.first, layer):
            yield _finding(measured, layer, f"grows ×{factor(value)} in one layer")


def _numbers(run: Run) -> Iterator[int]:
    yield from (layer.number for layer in driven(run) if layer.kind not in TABLES and layer.reads)


def _grown(measured: Measurement, number: int) -> float:
    return over_seeds(measured, lambda run: run.layers[number].entering / max(reference(run), 1.0))


def _gain(layer: Layer) -> float:
    # Against inputs that are small, as one-hot codes are, a weight's own scale says nothing.
    return layer.across / max(layer.entering, 0.3)


def _finding(measured: Measurement, layer: Layer, what: str) -> Finding:
    init = init_of(measured, layer)
    text = f"the signal explodes: its spread {what}, at `{display(layer)}`{f': {init}' if init else ''}"
    return report(measured, of_layer(measured, layer), text, Severity.WARNING, display(layer))


RULE = Rule("IL902", "signal-explodes", "the signal grows beyond bounds (measured)", check, "measured")
