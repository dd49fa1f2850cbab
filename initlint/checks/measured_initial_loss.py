"""IL909: a classifier whose first loss is far above that of a guess."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from initlint.checks._measured import display, of_layer, report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Measurement
from initlint.rule import Rule
from initlint.signal.profile import driven

# A He head on unit features costs about one nat; faults of a head's scale stand at 4 to 15 times log C.
_LIMIT = 2.0


def check(measured: Measurement) -> Iterator[Finding]:
    """One finding, at the head."""
    known = [(run.loss, run.classes) for run in measured.runs if run.loss is not None and run.classes]
    if not known:
        return
    classes = known[0][1] or 0
    loss = median(value for value, _ in known if value is not None)
    guess = math.log(classes)
    if classes < 2 or loss <= _LIMIT * guess:
        return
    heads = [layer for layer in driven(measured.first) if layer.head]
    text = (
        f"the first loss is {factor(loss)}, {factor(loss / guess)} times a guess (log {classes} = {guess:.2g}): "
        "the first steps go into taking the scores back; scale the head down, or start it at zero"
    )
    head = heads[-1] if heads else None
    place = of_layer(measured, head) if head is not None else None
    yield report(measured, place, text, Severity.WARNING, display(head) if head is not None else "")


RULE = Rule("IL909", "measured-initial-loss", "a first loss far above that of a guess (measured)", check, "measured")
