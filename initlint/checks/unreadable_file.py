"""IL004: the file gives no text, so nothing in it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Span
from initlint.rule import Rule
from initlint.signal.facts import FileFacts


def check(facts: FileFacts) -> Iterator[Finding]:
    """Why the file could not be read, at its first character."""
    if facts.unreadable is not None:
        start = Span(facts.path, 1, 1, 1, 1)
        yield Finding(
            start, f"nothing in this file is checked, as it can't be read: {facts.unreadable}", Severity.ERROR
        )


RULE = Rule("IL004", "unreadable-file", "a file that cannot be opened or decoded", check, scope="file")
