"""The texts of the files that findings lie in: their lines, and the cells of notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path

from initlint.diagnostics import Diagnostic
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.syntax.source import Cell, Source, read_source


def in_cells(diagnostics: Sequence[Diagnostic], sources: Sources) -> tuple[Diagnostic, ...]:
    """The findings with the lines of notebooks counted in their cells, as people see them."""
    return tuple(_in_cells(each, sources) for each in diagnostics)


def _in_cells(diagnostic: Diagnostic, sources: Sources) -> Diagnostic:
    fix = diagnostic.fix
    if fix is not None:
        fix = replace(fix, edits=tuple(replace(edit, span=sources.in_cell(edit.span)) for edit in fix.edits))
    related = tuple((sources.in_cell(span), label) for span, label in diagnostic.related)
    return replace(diagnostic, span=sources.in_cell(diagnostic.span), related=related, fix=fix)


@dataclass(slots=True)
class Sources:
    """The lines of the files that findings lie in. ``overlay`` gives the bytes of those that are not on disk."""

    overlay: dict[str, bytes] = field(default_factory=dict)
    _read: dict[str, tuple[list[str], dict[int, Cell]]] = field(default_factory=dict)

    def line(self, span: Span) -> str | None:
        """The first line that a span is on, without its end; None where the file or the line can't be had."""
        lines, cells = self._of(span.path)
        if span.cell:
            lines = list(cells[span.cell].lines) if span.cell in cells else []
        return lines[span.line - 1] if 0 < span.line <= len(lines) else None

    def in_cell(self, span: Span) -> Span:
        """The span with its lines counted in its cell, where it lies in a notebook."""
        if span.cell or not span.path.endswith(".ipynb"):
            return span
        for cell in self._of(span.path)[1].values():
            if cell.holds(span.line):
                most = len(cell.lines)
                first, last = (min(line - cell.first + 1, most) for line in (span.line, span.end_line))
                return Span(span.path, first, span.column, last, span.end_column, cell.number)
        return span

    def row(self, span: Span) -> int:
        """The line of the file on which a span begins."""
        cell = self._of(span.path)[1].get(span.cell)
        return cell.rows[span.line - 1] if cell is not None and span.line <= len(cell.rows) else span.line

    def _of(self, path: str) -> tuple[list[str], dict[int, Cell]]:
        if path not in self._read:
            self._read[path] = self._lines(path)
        return self._read[path]

    def _lines(self, path: str) -> tuple[list[str], dict[int, Cell]]:
        try:
            data = self.overlay[path] if path in self.overlay else Path(path).read_bytes()
        except (OSError, ValueError):  # no such file, or no name that a file can have
            return [], {}
        source = read_source(path, data)
        if not isinstance(source, Source):
            return [], {}
        return source.lines, {cell.number: cell for cell in source.cells}
