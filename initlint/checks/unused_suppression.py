"""IL002: a suppression comment that suppresses nothing, so it hides whatever comes to that line next."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._suppressions import cleared
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Suppression, SuppressionFacts


def check(facts: SuppressionFacts) -> Iterator[Finding]:
    """Comments without any effect, and names in comments without one."""
    for comment in facts.comments:
        idle = [name for name in comment.unused_names if name not in comment.unknown_names]
        if idle or (not comment.used and not comment.names):
            yield Finding(comment.span, _message(comment, idle), Severity.WARNING, fix=cleared(comment))


def _message(comment: Suppression, idle: list[str]) -> str:
    if comment.kind == "enable":
        return "nothing is disabled that this comment would enable again; remove it"
    if comment.used:
        return f"{names(idle)} suppresses nothing here and would hide a later fault; remove it from the comment"
    return "this comment suppresses nothing and would hide a later fault; remove it"


RULE = Rule("IL002", "unused-suppression", "a suppression comment that suppresses nothing", check, scope="suppressions")
