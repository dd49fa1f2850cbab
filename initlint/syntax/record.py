"""The numbering of nodes while ``ast``'s tree is lowered."""

from __future__ import annotations

import ast


class Record(list[ast.AST]):
    """The node of ``ast`` for each number given out so far: a code node's ``at`` is its index here.

    Numbers are given in the order in which nodes are met, parents first, so that lowering the same text again gives
    the same numbers. ``text`` is what was parsed; ``generator`` is True once a ``yield`` of the innermost function was
    met.
    """

    __slots__ = ("_lines", "generator", "text")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.generator = False
        self._lines: list[bytes] | None = None

    def number(self, node: ast.AST) -> int:
        """The next number, for this node."""
        self.append(node)
        return len(self) - 1

    def source(self, node: ast.expr) -> str:
        """The text of an expression. ``ast.get_source_segment`` splits the whole text each time."""
        lines = self._lines
        if lines is None:
            lines = self._lines = self.text.encode().split(b"\n")
        first, last, start, end = node.lineno, node.end_lineno or node.lineno, node.col_offset, node.end_col_offset
        if first == last:
            return lines[first - 1][start:end].decode()
        return b"\n".join([lines[first - 1][start:], *lines[first : last - 1], lines[last - 1][:end]]).decode()
