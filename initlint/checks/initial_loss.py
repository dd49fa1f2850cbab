"""IL503: an output layer whose logits are so large that the loss starts far above chance."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._fixes import new_draw
from initlint.checks._weights import filled_at, first_action, line_to_change, report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact
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
        yield report(facts, line_to_change(layer), [layer], message, Severity.WARNING, fix=_fix(facts, layer))


def _fix(facts: Facts, layer: LayerFact) -> PlacedFix | None:
    """A small draw, if the call fills that head alone."""
    place = line_to_change(layer)
    filled = filled_at(facts, place)
    if len(filled) != 1 or not first_action(layer).explicit:
        return None
    return new_draw(facts, place, "normal_", ("std=0.01",), "the loss starts near log C")


RULE = Rule("IL503", "initial-loss", "logits so large that the loss starts far above log C", check)
