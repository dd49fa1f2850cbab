"""IL003: a suppression comment names a rule that doesn't exist, so it suppresses nothing."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._suppressions import cleared
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import SuppressionFacts


def check(facts: SuppressionFacts) -> Iterator[Finding]:
    """One finding for each comment with such names."""
    for comment in facts.comments:
        unknown = comment.unknown_names
        if unknown:
            verb = "names no rule" if len(unknown) == 1 else "name no rules"
            message = f"nothing is suppressed: {names(unknown)} {verb}; `initlint rules` lists codes and names"
            yield Finding(comment.span, message, Severity.WARNING, fix=cleared(comment))


RULE = Rule(
    "IL003", "unknown-rule", "a suppression comment that names a rule that doesn't exist", check, scope="suppressions"
)
