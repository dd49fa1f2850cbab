"""The comments of a file."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

from initlint.ir.data import dataclass
from initlint.syntax.source import Source

MENTION = re.compile(r"#.*(?:initlint:|noqa\s*:.*\bIL\d)", re.IGNORECASE)
# A string that is complete on its line, a comment, or any other character.
_PIECE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|(#.*)|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its line and column (from 1), its text from ``#`` on, the column at which the space before it
    begins (1 where nothing else stands on the line), and whether its line is the last one of the file, with no end."""

    line: int
    column: int
    text: str
    gap: int
    last: bool = False


def comments(source: Source) -> Iterator[Comment]:
    """The comments of a file that mentions initlint in one (``initlint:``, or ``noqa:`` with one of its codes). A ``#``
    in a string is none. Nothing is given for any other file, which is most of them.

    Where the file cannot be tokenized, the rest of it is read line by line, on the assumption that no string goes over
    several lines.
    """
    if MENTION.search(source.text) is None:
        return
    lines = source.lines
    for line, column, text in _comments(source):
        before = lines[line - 1][: column - 1]
        yield Comment(line, column, text, len(before.rstrip()) + 1, line == len(lines))


def _comments(source: Source) -> Iterator[tuple[int, int, str]]:
    line = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="\n").readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.start[1] + 1, token.string
            line = max(line, token.start[0] if token.type == tokenize.COMMENT else token.end[0] - 1)
    except (tokenize.TokenError, SyntaxError, RecursionError):
        yield from _line_by_line(source, line)


def _line_by_line(source: Source, done: int) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(source.lines[done:], done + 1):
        if "#" not in line:
            continue
        for piece in _PIECE.finditer(line):
            if piece.group(1) is not None:
                yield number, piece.start() + 1, piece.group(1)
                break
