"""IL916: a residual stream that multiplies at each block."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from initlint.checks._measured import report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement, Run, Sum
from initlint.rule import Rule

# A branch of its own scale adds up: the second half of the blocks doubles the second moment. One that scales with the
# stream multiplies it.
_BLOCKS, _HALF, _ALL = 4, 4.0, 30.0


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding for the stream that grows most."""
    found = [_growth(run) for run in measured.runs]
    half, total = median(each[0] for each in found), median(each[1] for each in found)
    stream = found[0][2]
    if not stream or not half > _HALF or not total > _ALL:
        return
    blocks = len(stream) - 1
    text = (
        f"the residual stream multiplies: its variance grows ×{factor(total ** (1 / blocks))} at each of "
        f"{plural(blocks, 'block')} (×{factor(total)} in all); scale the branches, or normalise what enters them"
    )
    yield report(measured, stream[-1].at, text, Severity.WARNING, stream[-1].name)


def _growth(run: Run) -> tuple[float, float, list[Sum]]:
    """The growth of the second moment over the second half of the fastest stream, over all of it, and its sums."""
    best: tuple[float, float, list[Sum]] = (0.0, 0.0, [])
    continued = {each.before for each in run.sums}
    for index, last in enumerate(run.sums):
        if index in continued:
            continue
        stream = [last]
        while stream[-1].before is not None:
            stream.append(run.sums[stream[-1].before])
        stream.reverse()
        if len(stream) <= _BLOCKS or not stream[0].second > 0:
            continue
        half = (last.second / stream[len(stream) // 2].second) ** 2 if stream[len(stream) // 2].second else math.inf
        total = (last.second / stream[0].second) ** 2
        if total > best[1]:
            best = (half, total, stream)
    return best


RULE = Rule("IL916", "residual-growth", "a residual stream that multiplies at each block (measured)", check, "measured")
