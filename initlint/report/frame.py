"""A piece of source with the places that a finding names, underlined and labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.report.location import spot
from initlint.report.paint import Painter, one_line, shown, width
from initlint.sources import Sources

_WIDEST = 160
_BEFORE = 40


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
    places = dict.fromkeys((mark.span.path, mark.span.cell) for mark in marks)
    gutter = max((len(str(mark.span.line)) for mark in marks), default=1)
    for number, place in enumerate(places):
        here = [mark for mark in marks if (mark.span.path, mark.span.cell) == place]
        arrow = painter.paint(" " * gutter + ("-->" if number == 0 else ":::"), "blue")
        yield f"{arrow} {one_line(place[0])}:{spot(here[0].span)}"
        yield from _frame(here, gutter, sources, painter, colour)


def _frame(marks: list[Mark], gutter: int, sources: Sources, painter: Painter, colour: str) -> Iterator[str]:
    bar = painter.paint(" " * gutter + " |", "blue")
    lines = {mark.span.line: sources.line(mark.span) for mark in sorted(marks, key=lambda mark: mark.span.line)}
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
