"""IL502: a deep pre-norm stack whose branches all end as large as if there were one block."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import first_action, line_to_change, report
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

# As many branches as GPT-2's smallest model has.
BRANCHES = 24
_HAND_SET = frozenset({"normal", "truncated_normal"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills the branches' last projections as it fills the layers before them."""
    told: set[Place] = set()
    for found in facts.sublayers:
        ends = [each.end for each in found.chain]
        if found.kind != "pre" or len(ends) < BRANCHES or not all(map(_hand_set, ends)):
            continue
        last = {end.op.id for end in ends}
        place = line_to_change(ends[0])
        others = [each for each in facts.layers if line_to_change(each) == place and each.op.id not in last]
        if place in told or not any(each.feeds and last & set(each.feeds) for each in others):
            continue
        told.add(place)
        count = len(ends)
        message = (
            f"{count} residual branches end with the scale of the layers before them, so what they add up to is "
            f"√{count} = {count**0.5:.1f} times one branch at the last; draw their last projections with std/√{count}, "
            f"as GPT-2 does"
        )
        yield report(facts, place, ends, message, Severity.INFO)


def _hand_set(end: LayerFact) -> bool:
    action = first_action(end)
    return action.explicit and action.initializer.family in _HAND_SET


RULE = Rule(
    "IL502",
    "unscaled-residual-projection",
    "many residual branches whose last projections are not scaled by depth",
    check,
    default=False,
)
