"""What fixes change, as a patch that ``git apply`` and ``patch`` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from initlint.report.paint import Painter, one_line

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def render(before: Mapping[str, bytes], after: Mapping[str, bytes], painter: Painter) -> bytes:
    """A unified diff of the files in their order; its lines are the very bytes of the files, line ends included."""
    text = "".join(line for path in sorted(after) for line in _file(path, before[path], after[path], painter))
    return text.encode("latin-1")


def _file(path: str, before: bytes, after: bytes, painter: Painter) -> Iterator[str]:
    # A relative path gets what git takes off again.
    names = (path, path) if path.startswith("/") else (f"a/{path}", f"b/{path}")
    old, new = (one_line(name).encode("utf-8", "surrogateescape").decode("latin-1") for name in names)
    for line in difflib.unified_diff(_lines(before), _lines(after), old, new):
        style = "bold" if line.startswith(("---", "+++")) else _COLOURS.get(line[:1])
        text = line.rstrip("\r\n")
        end = line[len(text) :]
        yield (painter.paint(text, style) if style else text) + (end or "\n\\ No newline at end of file\n")


def _lines(data: bytes) -> list[str]:
    """The lines with their ends, a character for each byte; a line feed alone ends a line of a patch."""
    parts = data.decode("latin-1").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + parts[-1:] * bool(parts[-1])
