"""IL911: two nearby inputs part, or grow alike, at every layer."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

_LIMITS = (0.7, 1.4)


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the model."""
    chi = measured.extra.chi
    if chi is None or _LIMITS[0] <= chi <= _LIMITS[1]:
        return
    what = "grow alike" if chi < 1 else "part"
    text = (
        f"two nearby inputs {what} by ×{factor(chi)} in squared distance at each layer (χ₁; 1 is critical): "
        "information of the input lasts over few layers"
    )
    yield report(measured, None, text, Severity.INFO)


RULE = Rule(
    "IL911", "off-critical", "nearby inputs part or grow alike at each layer (measured)", check, "measured",
    default=False,
)  # fmt: skip
