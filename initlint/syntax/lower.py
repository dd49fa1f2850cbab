"""From the text of a segment to ``code``. Importing this does not import libcst; the first lowering does."""

from __future__ import annotations

from initlint.ir import code
from initlint.syntax.errors import LoweringError
from initlint.syntax.outline import Segment

__all__ = ["LoweringError", "lower"]


def lower(segment: Segment) -> tuple[code.Stmt, ...]:
    """The statements of a segment. Numbers (``at``) run through the segment, parents before their parts, and are the
    same each time.

    :raises LoweringError: the segment nests too deeply, or libcst cannot parse it.
    """
    from initlint.syntax.lowering import lower_recording

    return lower_recording(segment)[0]
