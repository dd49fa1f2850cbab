"""IL917: the static analysis and the measurement say different things of one layer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._measured import display, of_layer, over_seeds, report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement
from initlint.rule import Rule

# In decades, beyond what is stated for an approximation. Exact predictions lie within 0.03 of what is measured.
_APART = 0.5
_LEAST = 1e-6


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for each model: at the first layer where the two differ."""
    if not measured.fresh or not _unit(measured):
        return  # an instance may be trained, or built with arguments that nobody knows
    apart = [(layer, error) for layer in measured.first.layers if (error := _apart(measured, layer)) > 0]
    if not apart:
        return
    layer = apart[0][0]
    predicted = measured.predicted[layer.number].across or 0.0
    found = over_seeds(measured, lambda run: run.layers[layer.number].across)
    more = f", and at {plural(len(apart) - 1, 'layer')} behind it" if len(apart) > 1 else ""
    text = (
        f"predicted and measured differ at `{display(layer)}`{more}: what tells inputs apart has standard deviation "
        f"{factor(found) if found > 0 else 0} instead of {factor(predicted)}; either the model is not what it is read "
        "as, or initlint is wrong"
    )
    yield report(measured, of_layer(measured, layer), text, Severity.INFO, display(layer))


def _apart(measured: Measurement, layer: Layer) -> float:
    """By how many decades, beyond what is allowed; 0 where they agree or nothing is predicted."""
    predicted = measured.predicted.get(layer.number)
    if predicted is None or predicted.across is None or not layer.driven or predicted.tolerance > 0:
        return 0.0
    runs = [run for run in measured.runs if len(run.layers) == len(measured.first.layers)]
    values = [run.layers[layer.number].across for run in runs]
    if any(math.isnan(value) for value in values) or max(*values, predicted.across) < _LEAST:
        return 0.0
    errors = [math.log10(max(value, _LEAST) / max(predicted.across, _LEAST)) for value in values]
    nearest = min(errors) if min(errors) > 0 else -max(errors)  # 0 or less where the seeds lie to both sides
    return max(0.0, nearest - _APART)


def _unit(measured: Measurement) -> bool:
    """Whether the inputs are of the mean and variance that predictions start from."""
    given = [each for each in measured.inputs if each.own and not math.isnan(each.std)]
    real = [each for each in given if each.dtype.startswith(("float", "bfloat"))]
    return all(0.5 <= each.std <= 2 and abs(each.mean) <= 0.5 for each in real)


RULE = Rule(
    "IL917", "prediction-disagrees", "the static analysis and the measurement disagree (measured)", check, "measured"
)
