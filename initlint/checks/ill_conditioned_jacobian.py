"""IL912: the model stretches some directions of its input a thousand times more than others."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

_RATIO = 1e3
_LEAST = 4


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the model."""
    values = measured.extra.singular
    if len(values) < _LEAST or not values[0] > 0 or values[-1] * _RATIO >= values[0]:
        return
    ratio = f"×{factor(values[0] / values[-1])}" if values[-1] > 0 else "infinitely"
    text = (
        f"the input-output Jacobian is ill-conditioned: its largest singular value is {ratio} its smallest "
        f"({factor(values[0])} of {len(values)}); orthogonal weights keep them together"
    )
    yield report(measured, None, text, Severity.INFO)


RULE = Rule(
    "IL912", "ill-conditioned-jacobian", "an input-output Jacobian of very unequal directions (measured)", check,
    "measured", default=False,
)  # fmt: skip
