"""IL920: the neural tangent kernel of a few inputs is all but singular."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

_LIMIT = 1e4


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the model."""
    value = measured.extra.condition
    if value is None or value <= _LIMIT:
        return
    text = (
        f"the model learns all inputs as one: the condition number of its tangent kernel over a few inputs is "
        f"{factor(value)}, so that gradient descent takes as many steps to tell them apart"
    )
    yield report(measured, None, text, Severity.INFO)


RULE = Rule(
    "IL920", "kernel-condition", "a tangent kernel that is all but singular (measured)", check, "measured",
    default=False,
)  # fmt: skip
