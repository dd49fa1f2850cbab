"""The numbering of nodes while libcst's tree is lowered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from initlint.ir import code


class Record(list[cst.CSTNode]):
    """The libcst node for each number given out so far: a code node's ``at`` is its index here.

    Numbers are given in the order in which nodes are met, parents first, so that lowering the same text again gives
    the same numbers. ``generator`` is True once a ``yield`` of the innermost function was met.
    """

    __slots__ = ("generator",)

    def __init__(self) -> None:
        super().__init__()
        self.generator = False

    def number(self, node: cst.CSTNode) -> int:
        """The next number, for this node."""
        self.append(node)
        return len(self) - 1


Lowering = Callable[[Record, Any], code.Expr]
