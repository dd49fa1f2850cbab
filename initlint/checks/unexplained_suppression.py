"""IL006: a suppression comment that doesn't say why, so nobody will dare to take it out."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import SuppressionFacts

# What ends a block needs no reason, and what stands behind `noqa` is for the other tool, too.
EXEMPT = frozenset({"enable", "noqa"})


def check(facts: SuppressionFacts) -> Iterator[Finding]:
    """One finding for each comment that gives no reason, unless it is known to do nothing."""
    for comment in facts.comments:
        idle = {*comment.unused_names, *comment.unknown_names}
        works = comment.used or not idle.issuperset(comment.names)
        if works and not comment.reason and comment.kind not in EXEMPT:
            message = "nobody can tell when this comment may go: it gives no reason; write one behind it"
            yield Finding(comment.span, message, Severity.INFO)


RULE = Rule(
    "IL006",
    "unexplained-suppression",
    "a suppression comment that gives no reason",
    check,
    scope="suppressions",
    default=False,
)
