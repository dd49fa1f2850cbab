"""The top level of a module, split into segments that are read one at a time.

Uses the standard library's ``ast``; no body of a function or class is looked into. Syntax
newer than the running Python is split with libcst instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import accumulate

from initlint.ir.data import dataclass
from initlint.syntax.depth import TOO_DEEP, is_deep, might_be_deep, quiet, room, with_stack
from initlint.syntax.source import Source
from initlint.syntax.toplevel import ClassHead, Statement, describe


@dataclass(frozen=True, slots=True)
class Segment:
    """The statements of one or more whole lines at a module's top level, decorators included.

    ``first`` and ``last`` are its lines, counted from 1; ``text`` is the text of these lines. ``kinds`` are those of
    ``class``, ``function``, ``import``, ``assign`` and ``other`` that it holds at module level, blocks of ``if``,
    ``try``, ``with``, ``for`` and ``while`` included, in order. ``names`` are what it binds there, in order; ``star``
    says that it has a star import, whose names are not known. ``deep`` marks one that is not to be parsed further.
    """

    number: int
    first: int
    last: int
    text: str
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    classes: tuple[ClassHead, ...] = ()
    star: bool = False
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The segments of a module in order; ``segments[i].number == i``."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class SyntaxIssue:
    """Why a text is not Python that can be read, and where (both counted from 1)."""

    message: str
    line: int
    column: int


def outline(source: Source) -> Outline | SyntaxIssue:
    """Split a module into segments; a :class:`SyntaxIssue` where neither Python nor libcst can parse it."""
    with quiet:
        return with_stack(lambda: _outline(source.text))


def _outline(text: str) -> Outline | SyntaxIssue:
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    try:
        tree = ast.parse(text)
    except (RecursionError, MemoryError):
        return SyntaxIssue(TOO_DEEP, 1, 1)
    except SyntaxError as error:
        issue = _issue(error, text)
        statements = None if issue.message == TOO_DEEP or might_be_deep(text) else _newer(text)
        return issue if statements is None else Outline(tuple(_segments(statements, starts, text)))
    except ValueError as error:
        return SyntaxIssue(_sentence(str(error)), 1, 1)
    walruses = ":=" in text
    with room:
        described = [describe(node, walruses, is_deep(node, starts, text)) for node in tree.body]
    return Outline(tuple(_segments(described, starts, text)))


def _newer(text: str) -> list[Statement] | None:
    # Imported only here, so that reading a module's outline does not import libcst.
    from initlint.syntax.newer.outline import newer_statements

    with room:
        return newer_statements(text)


def _segments(statements: Iterable[Statement], starts: list[int], text: str) -> Iterator[Segment]:
    """Join statements that share a line."""
    group: list[Statement] = []
    number = 0
    for statement in statements:
        if group and statement.first > group[-1].last:
            yield _segment(number, group, starts, text)
            number += 1
            group = []
        group.append(statement)
    if group:
        yield _segment(number, group, starts, text)


def _segment(number: int, group: list[Statement], starts: list[int], text: str) -> Segment:
    first, last = group[0].first, group[-1].last
    lines = text[starts[first - 1] : starts[last]]
    if len(group) == 1:
        only = group[0]
        return Segment(number, first, last, lines, only.kinds, only.names, only.classes, only.star, only.deep)
    return Segment(
        number,
        first,
        last,
        lines,
        tuple(dict.fromkeys(kind for one in group for kind in one.kinds)),
        tuple(dict.fromkeys(name for one in group for name in one.names)),
        tuple(head for one in group for head in one.classes),
        any(one.star for one in group),
        any(one.deep for one in group),
    )


def _issue(error: SyntaxError, text: str) -> SyntaxIssue:
    message = error.msg or "invalid syntax"
    line = max(error.lineno or 1, 1)
    column = max(error.offset or 1, 1)
    if message.startswith(("too many nested parentheses", "too many levels of indentation", "too many statically")):
        message = TOO_DEEP
    return SyntaxIssue(_sentence(message), min(line, text.count("\n") + 1), column)


def _sentence(message: str) -> str:
    """One line that starts in lower case."""
    line = " ".join(message.split())
    return line[:1].lower() + line[1:]
