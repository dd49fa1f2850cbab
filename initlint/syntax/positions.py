"""Positions of the nodes of ``ast``, as spans."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from initlint.ir.place import Span
from initlint.syntax.record import Record

# Of a compound statement only the header is of use to a reader.
_COMPOUND: tuple[type[ast.AST], ...] = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match,
    *((ast.TryStar,) if sys.version_info >= (3, 11) else ()),
)  # fmt: skip
_HEADER = re.compile(r"(?:async[\s\\]+)?(?:def|class)[\s\\]+")

Range = tuple[tuple[int, int], tuple[int, int]]


class Positions:
    """The spans of recorded nodes. ``first`` is the line of the file on which the text starts."""

    def __init__(self, record: Record, first: int, path: str) -> None:
        self._record = record
        self._lines = record.text.split("\n")
        self._first = first
        self._path = path
        self._around = dict(_in_strings(record)) if sys.version_info < (3, 12) else {}

    def span(self, number: int) -> Span:
        """Where the node with that number stands."""
        node = self._record[number]
        (line, column), (end_line, end_column) = self._range(node)
        if isinstance(node, _COMPOUND) and end_line > line:
            end_line, end_column = line, len(self._lines[line - 1].rstrip())
        shift = self._first - 1
        return Span(self._path, line + shift, column + 1, end_line + shift, end_column + 1)

    def _range(self, node: ast.AST) -> Range:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self._name(node)
        around = self._around.get(id(node))
        if around is not None and not self._is_right(node):
            node = around
        assert isinstance(node, (ast.expr, ast.stmt, ast.pattern))
        start = (node.lineno, self._characters(node.lineno, node.col_offset))
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return start, (end_line, self._characters(end_line, end_column))

    def _characters(self, line: int, column: int) -> int:
        """A column in characters; ``ast`` counts bytes."""
        text = self._lines[line - 1]
        return column if text.isascii() else len(text.encode()[:column].decode(errors="replace"))

    def _name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Range:
        """The name in the header."""
        line, column = node.lineno, self._characters(node.lineno, node.col_offset)
        rest = "\n".join([self._lines[line - 1][column:], *self._lines[line:]])
        keyword = _HEADER.match(rest)
        before = keyword.group() if keyword is not None else ""
        line += before.count("\n")
        column = len(before) - before.rfind("\n") - 1 if "\n" in before else column + len(before)
        return (line, column), (line, column + len(node.name))

    def _is_right(self, node: ast.AST) -> bool:
        """Whether a part of an f-string stands where ``ast`` says; until Python 3.12 it is often off."""
        if isinstance(node, ast.FormattedValue):
            return False
        try:
            text = ast.get_source_segment(self._record.text, node)
            return text is not None and ast.dump(ast.parse(f"({text})", mode="eval").body) == ast.dump(node)
        except (SyntaxError, ValueError, IndexError):
            return False


def _in_strings(record: Record) -> Iterator[tuple[int, ast.AST]]:
    """The parts of f-strings by id, each with the f-string around it."""
    for node in record:
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if part is not node:
                    yield id(part), node
