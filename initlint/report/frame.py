"""A piece of source with the places that a finding names, underlined and labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from initlint.ir.place import Span
from initlint.report.paint import Painter, one_line, shown, width
from initlint.syntax.source import Source, read_source

_WIDEST = 160
_BEFORE = 40


@dataclass(slots=True)
class Sources:
    """The lines of the files that findings lie in. ``overlay`` gives the bytes of those that are not on disk."""

    overlay: dict[str, bytes] = field(default_factory=dict)
    _read: dict[str, list[str]] = field(default_factory=dict)

    def line(self, path: str, number: int) -> str | None:
        """One line, counted from 1, without its end; None where the file or the line can't be had."""
        if path not in self._read:
            self._read[path] = self._lines(path)
        lines = self._read[path]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _lines(self, path: str) -> list[str]:
        try:
            data = self.overlay[path] if path in self.overlay else Path(path).read_bytes()
        except (OSError, ValueError):  # no such file, or no name that a file can have
            return []
        source = read_source(path, data)
        return source.lines if isinstance(source, Source) else []


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to underline: with ``^`` where it is the one to change, else with ``-``."""

    span: Span
    label: str
    main: bool


def frames(marks: Iterable[Mark], sources: Sources, painter: Painter, colour: str) -> Iterator[str]:
    """The lines of the frames, one frame for each file, that of the main mark first. A file whose source can't be had
    gives its places alone."""
    marks = sorted(marks, key=lambda mark: (not mark.main, mark.span))
    paths = dict.fromkeys(mark.span.path for mark in marks)
    gutter = max((len(str(mark.span.line)) for mark in marks), default=1)
    for number, path in enumerate(paths):
        here = [mark for mark in marks if mark.span.path == path]
        arrow = painter.paint(" " * gutter + ("-->" if number == 0 else ":::"), "blue")
        first = here[0].span
        yield f"{arrow} {one_line(path)}:{first.line}:{first.column}"
        yield from _frame(here, gutter, sources, painter, colour)


def _frame(marks: list[Mark], gutter: int, sources: Sources, painter: Painter, colour: str) -> Iterator[str]:
    bar = painter.paint(" " * gutter + " |", "blue")
    lines = {number: sources.line(marks[0].span.path, number) for number in sorted({mark.span.line for mark in marks})}
    if all(text is None or not text.strip() for text in lines.values()):
        return
    yield bar
    last = None
    for number, text in lines.items():
        if text is None:
            continue
        if last is not None and number > last + 1:
            yield painter.paint(" " * gutter + "...", "blue")
        last = number
        here = sorted((mark for mark in marks if mark.span.line == number), key=lambda mark: not mark.main)
        cells, offset = _window(text, here[0].span.column - 1)
        prefix = painter.paint(f"{number:>{gutter}} |", "blue")
        yield f"{prefix} {''.join(cells)}".rstrip()
        for mark in here:
            yield f"{bar} {_underline(mark, text, cells, offset, painter, colour)}".rstrip()
    yield bar


def _window(text: str, column: int) -> tuple[list[str], int]:
    """What to show of a line, character by character, and how many characters are left out before it."""
    if len(text) <= _WIDEST:
        return shown(text), 0
    start = max(0, min(column - _BEFORE, len(text) - _WIDEST))
    cells = shown(text[start : start + _WIDEST])
    if start:
        cells[0] = "…"
    if start + _WIDEST < len(text):
        cells[-1] = "…"
    return cells, start


def _underline(mark: Mark, text: str, cells: list[str], offset: int, painter: Painter, colour: str) -> str:
    start = min(max(0, mark.span.column - 1 - offset), len(cells))
    end = mark.span.end_column - 1 if mark.span.end_line == mark.span.line else len(text.rstrip())
    end = min(max(end - offset, start + 1), max(len(cells), start + 1))
    space = " " * width("".join(cells[:start]))
    line = ("^" if mark.main else "-") * max(1, width("".join(cells[start:end])))
    style = colour if mark.main else "blue"
    return space + painter.paint(f"{line} {one_line(mark.label)}".rstrip(), style)
