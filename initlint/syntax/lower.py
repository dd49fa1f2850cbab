"""From the text of a segment to ``code``, by ``ast``; by libcst, imported then only, where the text is newer than the
running Python."""

from __future__ import annotations

import ast

from initlint.ir import code
from initlint.syntax.depth import TOO_DEEP, quiet, room, with_stack
from initlint.syntax.errors import LoweringError
from initlint.syntax.outline import Segment
from initlint.syntax.record import Record
from initlint.syntax.statements import statements

__all__ = ["LoweringError", "lower", "lower_recording"]


def lower(segment: Segment) -> tuple[code.Stmt, ...]:
    """The statements of a segment. Numbers (``at``) run through the segment, parents before their parts, and are the
    same each time.

    :raises LoweringError: the segment nests too deeply, or cannot be parsed.
    """
    if (found := lower_recording(segment)) is not None:
        return found[0]
    from initlint.syntax.newer import lowering

    return lowering.lower_recording(segment)[0]


def lower_recording(segment: Segment) -> tuple[tuple[code.Stmt, ...], Record] | None:
    """The statements of a segment, and the node of ``ast`` for each number; None where ``ast`` can't parse it.

    :raises LoweringError: the segment nests too deeply.
    """
    if segment.deep:
        raise LoweringError(TOO_DEEP)
    with quiet:
        return with_stack(lambda: _lower(segment.text))


def _lower(text: str) -> tuple[tuple[code.Stmt, ...], Record] | None:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    except (RecursionError, MemoryError):
        raise LoweringError(TOO_DEEP) from None
    record = Record(text)
    try:
        with room:  # not around ast.parse, which crashes where the limit is raised
            return statements(record, tree.body), record
    except RecursionError:
        raise LoweringError(TOO_DEEP) from None
