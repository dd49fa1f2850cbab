"""The numbering of nodes while ``ast``'s tree is lowered."""

from __future__ import annotations

import ast


class Record(list[ast.AST]):
    """The node of ``ast`` for each number given out so far: a code node's ``at`` is its index here.

    Numbers are given in the order in which nodes are met, parents first, so that lowering the same text again gives
    the same numbers. ``text`` is what was parsed; ``generator`` is True once a ``yield`` of the innermost function was
    met.
    """

    __slots__ = ("generator", "text")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.generator = False

    def number(self, node: ast.AST) -> int:
        """The next number, for this node."""
        self.append(node)
        return len(self) - 1
