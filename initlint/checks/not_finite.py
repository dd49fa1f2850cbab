"""IL910: NaN or infinity at initialisation."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._measured import report, written
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement, Tensor
from initlint.rule import Rule

_MEMORY = frozenset({"empty", "empty_like", "new_empty", "empty_strided"})


def check(measured: Measurement) -> Iterator[Finding]:
    """A parameter that is not finite or holds whatever the memory held; else the first value that is not finite."""
    found = False
    for each in measured.first.tensors:
        if _garbage(each):
            found = True
            text = f"`{each.name}` holds whatever the memory held: nothing writes it, so any run may start with NaN"
            yield report(measured, written(measured, each), text, Severity.ERROR, each.name.rpartition(".")[0])
        elif any(not other.finite for run in measured.runs for other in run.tensors if other.name == each.name):
            found = True
            text = f"`{each.name}` is not finite"
            yield report(measured, written(measured, each), text, Severity.ERROR, each.name.rpartition(".")[0])
    if found:
        return
    for run in measured.runs:
        if not run.finite or any(layer.flow is not None and math.isnan(layer.flow) for layer in run.layers):
            where = run.bad or "the output"
            yield report(
                measured, run.bad_at, f"the numbers run into NaN or infinity, first at `{where}`", Severity.ERROR
            )
            return


def _garbage(found: Tensor) -> bool:
    return found.trainable and found.used and len(found.writes) == 1 and found.writes[0].call in _MEMORY


RULE = Rule("IL910", "not-finite", "NaN, infinity or unwritten memory at initialisation (measured)", check, "measured")
