"""Suppression comments written into a file, for all that is found in it today."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from initlint.diagnostics import Diagnostic, Edit
from initlint.ir.place import Span
from initlint.suppress.directives import LINE, parse
from initlint.syntax.comments import comments
from initlint.syntax.edit import EditError, apply_edits
from initlint.syntax.source import Source, SourceError, read_source


def with_ignores(
    path: str, data: bytes, diagnostics: Sequence[Diagnostic], reason: str = ""
) -> tuple[bytes, list[Diagnostic]]:
    """The bytes of a file with a comment for each of its findings, and the findings for which there is no place: the
    code itself never changes.

    A comment stands behind the last line of what it is about, or, where that cannot be, on a line of its own before
    the first.
    """
    left: list[Diagnostic] = []
    by_lines: dict[tuple[int, int], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_lines.setdefault((diagnostic.span.end_line, diagnostic.span.line), []).append(diagnostic)
    # From the last line up, so that a line of its own moves none that is still to come.
    for (last, first), group in sorted(by_lines.items(), reverse=True):
        codes = sorted({each.code for each in group})
        changed = _on_line(path, data, last, codes, reason) or _before_line(path, data, first, codes, reason)
        if changed is None:
            left += group
        else:
            data = changed
    return data, sorted(left, key=lambda each: each.sort_key)


def _on_line(path: str, data: bytes, line: int, codes: list[str], reason: str) -> bytes | None:
    source = read_source(path, data)
    if isinstance(source, SourceError) or not 1 <= line <= len(source.lines):
        return None
    for each in parse(path, comments(source)):
        if each.kind == LINE and each.names and each.span.line == line and not each.malformed:
            names = [*each.names, *(code for code in codes if code not in each.names)]
            return _changed(source, data, Edit(each.span, _comment(LINE, names, "")))
    text = source.lines[line - 1]
    end = len(text.rstrip()) + 1
    new = f"  {_comment(LINE, codes, reason)}"
    return _changed(source, data, Edit(Span(path, line, end, line, len(text) + 1), new))


def _before_line(path: str, data: bytes, line: int, codes: list[str], reason: str) -> bytes | None:
    source = read_source(path, data)
    if isinstance(source, SourceError) or not 1 <= line <= len(source.lines):
        return None
    indentation = re.match(r"[ \t\f]*", source.lines[line - 1])
    new = f"{indentation[0] if indentation else ''}{_comment('ignore-next-line', codes, reason)}\n"
    return _changed(source, data, Edit(Span(path, line, 1, line, 1), new))


def _comment(word: str, codes: Sequence[str], reason: str) -> str:
    return f"# initlint: {word}[{', '.join(codes)}] {reason}".rstrip()


def _changed(source: Source, data: bytes, edit: Edit) -> bytes | None:
    """The bytes after an edit that adds a comment and nothing else; None where it would do anything else."""
    try:
        changed = apply_edits(source, [edit])
    except EditError:
        return None
    before, after = _tree(data), _tree(changed)
    return changed if before is not None and before == after else None


def _tree(data: bytes) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(data))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
