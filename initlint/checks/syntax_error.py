"""IL001: the file is not Python, so nothing in it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import FileFacts


def check(facts: FileFacts) -> Iterator[Finding]:
    """The file's syntax error, where it has one."""
    if facts.error is not None:
        text, span = facts.error
        yield Finding(span, f"nothing in this file is checked, as it isn't valid Python: {text}", Severity.ERROR)


RULE = Rule("IL001", "syntax-error", "a file that is not valid Python", check, scope="file")
