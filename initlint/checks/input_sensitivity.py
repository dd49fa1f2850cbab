"""IL913: the outputs hardly depend on the input, or jump with it."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

_LIMITS = (1e-3, 1e2)


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the model; none where its head starts at zero."""
    value = measured.extra.sensitivity
    if value is None or value == 0 or _LIMITS[0] <= value <= _LIMITS[1]:
        return
    what = "hardly move" if value < 1 else "jump"
    text = f"the outputs {what} with the input: the norm of an output's gradient for one input is {factor(value)}"
    yield report(measured, None, text, Severity.INFO)


RULE = Rule(
    "IL913", "input-sensitivity", "outputs that hardly move, or jump, with the input (measured)", check, "measured",
    default=False,
)  # fmt: skip
