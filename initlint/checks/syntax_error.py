"""IL001: the file is not Python, so nothing in it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import FileFacts


def check(facts: FileFacts) -> Iterator[Finding]:
    """The file's syntax error, where it has one: a warning in a notebook, whose other cells run."""
    if facts.error is not None:
        text, span = facts.error
        severity = Severity.WARNING if span.path.endswith(".ipynb") else Severity.ERROR
        yield Finding(span, f"nothing in this file is checked, as it isn't valid Python: {text}", severity)


RULE = Rule("IL001", "syntax-error", "a file that is not valid Python", check, scope="file")
