"""IL905: units of a rectifier that are 0 whatever the input."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from initlint.checks._measured import display, layer_at, of_layer, once, report
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Activation, Layer, Measurement
from initlint.rule import Rule
from initlint.signal.profile import tensor

# Where inputs have grown alike, as deep in He's networks or behind a mean, half of the units are off for all of them:
# with n units, by chance, up to this share and three standard deviations of it.
_SHARE, _CHANCE = 0.6, 1.5


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each line that kills most units of a layer."""
    yield from once(_all(measured))


def _all(measured: Measurement) -> Iterator[Finding]:
    for index, activation in enumerate(measured.first.activations):
        share = mean(
            run.activations[index].dead
            for run in measured.runs
            if len(run.activations) == len(measured.first.activations)
        )
        by_chance = max(_SHARE, 0.5 + _CHANCE / max(activation.units, 1) ** 0.5)
        if not share > by_chance or not activation.hidden or activation.behind is None:
            continue
        layer = layer_at(measured, activation.behind)
        if layer.driven and layer.across > 0 and activation.units > 1:  # what is 0 before is another rule's
            yield _finding(measured, layer, activation, share)


def _finding(measured: Measurement, layer: Layer, activation: Activation, share: float) -> Finding:
    bias = tensor(measured.first, layer.weight.removesuffix("weight") + "bias")
    place = of_layer(measured, layer)
    why = ""
    if bias is not None and bias.mean < 0 and bias.writes and bias.writes[-1].inner is not None:
        if not bias.writes[-1].default:
            place, why = bias.writes[-1].inner, f"; its bias is {bias.mean:.2g} on average"
    text = (
        f"{share:.0%} of the units of `{display(layer)}` are 0 behind {activation.function} for every input, and get "
        f"no gradient{why}"
    )
    return report(measured, place, text, Severity.ERROR if share > 0.99 else Severity.WARNING, display(layer))


RULE = Rule("IL905", "dead-units", "rectifier units that are 0 for every input (measured)", check, "measured")
