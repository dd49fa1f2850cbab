"""IL306: many layers in a row with neither norm nor skip, which only a critical init holds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._depth import faults, over
from initlint.checks._scale import end_to_end
from initlint.checks._weights import report
from initlint.checks._wording import factor
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, Stack

CAUSES = ("IL204", "IL205", "IL301", "IL302", "IL303", "IL305")
# Var log‖h‖² is about 5·Σ 1/n in ReLU layers of width n (Hanin and Rolnick 2018).
PER_LAYER = 5


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack, unless it dies or explodes already."""
    named = {place for cause in CAUSES for place, _ in faults(facts, cause)}
    told: set[Place] = set()
    for stack in facts.stacks:
        place = stack.hidden[0].made
        if len(stack.hidden) < facts.thresholds.depth or place in named | told or end_to_end(stack) is None:
            continue
        told.add(place)
        message = (
            f"every error of scale compounds {over(stack)} with neither norm nor skip between{_spread(stack)}; "
            f"add skips or norms"
        )
        yield report(facts, place, stack.hidden[:1], message, Severity.INFO)


def _spread(stack: Stack) -> str:
    """By which factor the signal's scale differs from seed to seed, where all layers are linear ones of known width."""
    widths = [layer.fan_out for layer in stack.hidden if layer.op.name == "linear"]
    known = [float(width) for width in widths if isinstance(width, (int, float)) and width > 0]
    if len(known) < len(stack.hidden):
        return ""
    deviation = (PER_LAYER * sum(1 / width for width in known)) ** 0.5 / 2
    return f": even at a critical init the scale differs by ×{factor(math.exp(deviation))} from seed to seed"


RULE = Rule("IL306", "deep-without-skip", "a long plain stack with neither norm nor skip", check, default=False)
