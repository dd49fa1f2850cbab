"""A name for each finding that stays when lines move, for baselines and for services that follow findings over time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from initlint.diagnostics import Diagnostic
from initlint.files import relative
from initlint.ir.place import Span

Line = Callable[[Span], "str | None"]


def fingerprints(diagnostics: Sequence[Diagnostic], line: Line, root: str = ".") -> list[str]:
    """One name of 32 hexadecimal digits for each finding, in their order; all are distinct.

    It is made of the rule, the file (relative to ``root``), the class, the layer, and the flagged text without regard
    to white space; of equals, each is counted from the top of its file. So it stays when lines are added or removed
    elsewhere, and when the message or the severity changes. ``line`` gives the first line that a span is on, or None.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for place in sorted(range(len(diagnostics)), key=lambda index: diagnostics[index].sort_key):
        key = _key(diagnostics[place], line, root)
        found[place] = _digest((*key, str(seen[key])))
        seen[key] += 1
    return [found[place] for place in range(len(diagnostics))]


def _key(diagnostic: Diagnostic, line: Line, root: str) -> tuple[str, ...]:
    span = diagnostic.span
    text = line(span) or ""
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    flagged = " ".join(text[span.column - 1 : end].split())
    return (diagnostic.code, relative(span.path, root), diagnostic.class_name, diagnostic.layer, flagged)


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
