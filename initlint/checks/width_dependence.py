"""IL918: the scale of the output depends on the width."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._measured import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule

# The exponent of the width. A standard deviation that no fan is in makes a half.
_LIMIT = 0.3


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the model."""
    widths = measured.extra.widths
    if len(widths) < 3:
        return
    (first, least), *between, (last, most) = widths
    exponent = math.log(most / least) / math.log(last / first)
    values = [least, *(value for _, value in between), most]
    steady = all((b > a) == (exponent > 0) for a, b in zip(values, values[1:]))
    if not abs(exponent) > _LIMIT or not steady:
        return
    text = (
        f"the output's scale goes with the width to the power of {exponent:.1f}: ×{factor(most / least)} from width "
        f"{first} to {last}; what is tuned at one width does not hold at another, unless standard deviations follow "
        "the fan"
    )
    yield report(measured, None, text, Severity.INFO)


RULE = Rule(
    "IL918", "width-dependence", "the output's scale depends on the width (measured)", check, "measured",
    default=False,
)  # fmt: skip
