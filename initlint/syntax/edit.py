"""Edits written back byte for byte: the rest of the file keeps its encoding, byte order mark and line ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from itertools import accumulate

from initlint.diagnostics import Edit
from initlint.syntax.source import Source


class EditError(Exception):
    """Edits that cannot be applied; ``str(error)`` says why."""


def apply_edits(source: Source, edits: Iterable[Edit]) -> bytes:
    """The bytes of the file after the edits. Edits are applied as one; the same edit given twice counts once. New
    lines in an edit's text end as the line that the edit starts on.

    :raises EditError: edits overlap (two different insertions at one place do), a span lies outside of the file, or
        the new text cannot be written in the file's encoding.
    """
    if source.raw:
        from initlint.syntax.notebook import splice

        return codecs.BOM_UTF8 * source.bom + splice(source, edits).encode("utf-8")
    if not source.exact:
        raise EditError(f"a file in {source.encoding} cannot be written back unchanged")
    lines = source.lines
    ends = dict(source.odd_newlines)
    whole = [line + ends.get(number, source.newline) for number, line in enumerate(lines[:-1])] + lines[-1:]
    starts = [0, *accumulate(map(len, whole))]
    text = "".join(whole)
    placed = sorted({(*_offsets(edit, lines, starts), edit.span.line, edit.text) for edit in edits})
    parts: list[str] = []
    at = 0
    last: tuple[int, int, int] | None = None
    for start, end, line, new in placed:
        if last is not None and (start < last[1] or start == end == last[0]):
            raise EditError(f"two edits overlap, on lines {last[2]} and {line}")
        parts += (text[at:start], new.replace("\n", ends.get(line - 1, source.newline)))
        at, last = end, (start, end, line)
    parts.append(text[at:])
    try:
        encoded = "".join(parts).encode(source.encoding)
    except UnicodeError:
        raise EditError(f"the new text cannot be written in the file's encoding, {source.encoding}") from None
    return codecs.BOM_UTF8 + encoded if source.bom else encoded


def _offsets(edit: Edit, lines: list[str], starts: list[int]) -> tuple[int, int]:
    span = edit.span
    start = _offset(span.line, span.column, lines, starts)
    end = _offset(span.end_line, span.end_column, lines, starts)
    if end < start:
        raise EditError(f"an edit on line {span.line} ends before it starts")
    return start, end


def _offset(line: int, column: int, lines: list[str], starts: list[int]) -> int:
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
        raise EditError(f"an edit at line {line}, column {column} lies outside of the file")
    return starts[line - 1] + column - 1
