"""IL503: an output layer whose logits are so large that the loss starts far above chance."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._weights import line_to_change, report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts
from initlint.signal.logits import loss


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each head whose predicted loss is above the limit, in units of log C."""
    for logits in facts.logits:
        second, classes, layer = logits.second, logits.classes, logits.layer
        if logits.tied or not isinstance(second, (int, float)) or not isinstance(classes, (int, float)) or classes < 2:
            continue
        chance = math.log(classes)
        if loss(second / 10 ** (4 * logits.tolerance), classes) < facts.thresholds.loss * chance:
            continue
        start = loss(second, classes)
        message = (
            f"the loss starts near {factor(start)}, {start / chance:.1f} times log({classes}) = {chance:.1f}: the "
            f"logits of `{layer.name}` have a standard deviation of {factor(math.sqrt(second))}; draw its weight "
            f"smaller (std 0.01, or zeros), or put a norm before it"
        )
        yield report(facts, line_to_change(layer), [layer], message, Severity.WARNING)


RULE = Rule("IL503", "initial-loss", "logits so large that the loss starts far above log C", check)
