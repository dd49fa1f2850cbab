"""Which source lines are on the stack: the innermost and the outermost of the user's project."""

from __future__ import annotations

import linecache
import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from types import FrameType

from initlint.ir.place import Span

_LIBRARIES = tuple(
    {os.path.normpath(sysconfig.get_path(each)) + os.sep for each in ("stdlib", "platstdlib", "purelib", "platlib")}
)
_OWN = os.path.dirname(os.path.abspath(__file__)) + os.sep


@dataclass(slots=True)
class Project:
    """The folders whose files are the user's own: ``roots``, also inside an installed package that is the target."""

    roots: tuple[str, ...]
    _known: dict[str, bool] = field(default_factory=dict)

    def holds(self, path: str) -> bool:
        """Whether the file is the project's."""
        if path not in self._known:
            self._known[path] = self._decide(path)
        return self._known[path]

    def _decide(self, path: str) -> bool:
        if path.startswith(("<", _OWN)):
            return False
        path = os.path.abspath(path)
        for root in self.roots:
            inside = path.startswith(root + os.sep)
            # A virtual environment often lies inside of the project.
            if inside and not any(path.startswith(each) and not root.startswith(each) for each in _LIBRARIES):
                return True
        return False

    def lines(self, frame: FrameType | None) -> tuple[Span | None, Span | None]:
        """The innermost and the outermost line of the project, seen from a frame."""
        inner: FrameType | None = None
        outer: FrameType | None = None
        for each in frames(frame):
            if self.holds(each.f_code.co_filename):
                inner = inner or each
                outer = each
        return (span(inner) if inner else None), (span(outer) if outer else None)


def project_of(path: str) -> Project:
    """The project that a file belongs to: the folder of its outermost package, and what lies below."""
    folder = os.path.dirname(os.path.abspath(path))
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        above = os.path.dirname(folder)
        if not os.path.isfile(os.path.join(above, "__init__.py")):
            if any(folder.startswith(each) for each in _LIBRARIES):
                return Project((folder,))
            return Project((above,))
        folder = above
    return Project((folder,))


def frames(frame: FrameType | None) -> Iterator[FrameType]:
    """A frame and those that called it."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def span(frame: FrameType) -> Span:
    """What a frame is running: the expression, where this Python knows it (3.11 on), else the whole line."""
    path, line = os.path.abspath(frame.f_code.co_filename), frame.f_lineno
    if sys.version_info >= (3, 11):
        found = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None), None)
        if found is not None and None not in found:
            start, end, left, right = found
            assert start is not None and end is not None and left is not None and right is not None
            return Span(path, start, _column(path, start, left), end, _column(path, end, right))
    return whole_line(path, line)


def whole_line(path: str, line: int) -> Span:
    """The text of a line, without its indentation."""
    text = linecache.getline(path, line).rstrip("\n")
    start = len(text) - len(text.lstrip())
    return Span(path, line, start + 1, line, max(len(text), start + 1) + 1)


def _column(path: str, line: int, offset: int) -> int:
    """A character's number, counted from 1, of an offset in bytes."""
    text = linecache.getline(path, line).encode("utf-8")
    return len(text[:offset].decode("utf-8", "replace")) + 1
