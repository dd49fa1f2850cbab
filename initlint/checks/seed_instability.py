"""IL914: how strong the signal is depends on the seed."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._measured import display, of_layer, report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement
from initlint.rule import Rule
from initlint.signal.profile import hidden

# In decades of the standard deviation: a factor of 3 to either side.
_SPREAD = 0.5
_SEEDS = 4


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding, at the first hidden layer whose scale varies that much."""
    runs = [run for run in measured.runs if len(run.layers) == len(measured.first.layers)]
    if len(runs) < _SEEDS:
        return
    for layer in hidden(measured.first):
        values = [run.layers[layer.number].across for run in runs]
        spread = _spread(values)
        if spread > _SPREAD:
            yield _finding(measured, layer, min(values), max(values), len(runs))
            return


def _spread(values: list[float]) -> float:
    """The standard deviation of the logarithms; 0 where one is unknown or nothing."""
    if not all(value > 0 for value in values):
        return 0.0
    logs = [math.log10(value) for value in values]
    mean = sum(logs) / len(logs)
    return math.sqrt(sum((each - mean) ** 2 for each in logs) / (len(logs) - 1))


def _finding(measured: Measurement, layer: Layer, low: float, high: float, seeds: int) -> Finding:
    text = (
        f"the start depends on the seed: at `{display(layer)}` what tells inputs apart lies between {factor(low)} and "
        f"{factor(high)} over {plural(seeds, 'seed')}; log ‖h‖² varies with Σ 1/width, so widen the narrow layers"
    )
    return report(measured, of_layer(measured, layer), text, Severity.WARNING, display(layer))


RULE = Rule("IL914", "seed-instability", "a signal whose strength depends on the seed (measured)", check, "measured")
