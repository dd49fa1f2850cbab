"""Where something stands in source, before and after its position is computed.

The whole pipeline carries a :class:`Place`, which is only a number, and resolves it to a :class:`Span` for what is
reported.
"""

from __future__ import annotations

from typing import NamedTuple

from initlint.ir.data import dataclass


class Place(NamedTuple):
    """A node of the code: the file, the top-level segment in it, and the node's number in that segment."""

    path: str
    segment: int
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of source text. Lines and columns count from 1; columns count characters; the end is exclusive. ``cell``
    is the number of a notebook's cell (from 1, among all of them) where lines count in that cell; 0 where they count in
    the file, or in the module that a notebook's cells make together."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int = 0
