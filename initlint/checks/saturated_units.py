"""IL906: hidden units of a squashing function that sit where it is flat."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from initlint.checks._measured import display, init_of, layer_at, of_layer, once, report
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

_SHARE = 0.5
# A gate whose bias closes it is flat on one side by design; a scale too large is flat on both.
_EITHER = 0.1


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each line that drives a layer's units into saturation."""
    yield from once(_all(measured))


def _all(measured: Measurement) -> Iterator[Finding]:
    for index, activation in enumerate(measured.first.activations):
        runs = [run for run in measured.runs if len(run.activations) == len(measured.first.activations)]
        low = mean(run.activations[index].low for run in runs)
        high = mean(run.activations[index].high for run in runs)
        if not activation.hidden or activation.behind is None or not low + high > _SHARE or min(low, high) < _EITHER:
            continue
        layer = layer_at(measured, activation.behind)
        if not layer.driven:
            continue
        init = init_of(measured, layer)
        text = (
            f"{low + high:.0%} of the values of `{display(layer)}` lie where {activation.function} is flat, and pass "
            f"no gradient: the layer's output has standard deviation {layer.across:.2g}{f'; {init}' if init else ''}"
        )
        yield report(measured, of_layer(measured, layer), text, Severity.WARNING, display(layer))


RULE = Rule("IL906", "saturated-units", "hidden units on the flat of tanh or sigmoid (measured)", check, "measured")
