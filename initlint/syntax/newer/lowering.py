"""Parsing a segment with libcst and lowering it, with the tree kept for those who want positions."""

from __future__ import annotations

import libcst as cst

from initlint.ir import code
from initlint.syntax.depth import TOO_DEEP, quiet, room, with_stack
from initlint.syntax.errors import LoweringError
from initlint.syntax.newer.record import Record
from initlint.syntax.newer.statements import statements
from initlint.syntax.outline import Segment


def lower_recording(segment: Segment) -> tuple[tuple[code.Stmt, ...], cst.Module, Record]:
    """The statements of a segment (:func:`initlint.syntax.lower.lower`), libcst's tree, and the node in it for each
    number."""
    if segment.deep:
        raise LoweringError(TOO_DEEP)
    with quiet, room:
        return with_stack(lambda: _lower(segment.text))


def _lower(text: str) -> tuple[tuple[code.Stmt, ...], cst.Module, Record]:
    try:
        module = cst.parse_module(text)
        record = Record()
        return statements(record, module.body), module, record
    except cst.ParserSyntaxError as error:
        raise LoweringError(f"cannot be parsed: {error.message}") from None
    except cst.CSTValidationError as error:  # what Python's parser leaves to its compiler, such as a bare except first
        raise LoweringError(f"cannot be parsed: {error.msg}") from None
    except RecursionError:
        raise LoweringError(TOO_DEEP) from None
