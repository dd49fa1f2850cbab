"""From the numbers of code nodes to positions in the source. Importing this does not import libcst."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.ir.place import Span
from initlint.syntax.outline import Segment
from initlint.syntax.source import Source


def locate(segment: Segment, indices: Iterable[int], path: str) -> dict[int, Span]:
    """The spans of numbered nodes of a segment, by parsing it again; numbers that it does not have are left out.

    A function or class is located at its name in the header line, another compound statement at its first line, a
    tuple or generator with its parentheses.

    :raises LoweringError: the segment cannot be lowered, so that no node of it has a number.
    """
    wanted = sorted(set(indices))
    if not wanted:
        return {}
    from initlint.syntax.positions import spans

    return spans(segment, wanted, path)


def source_text(source: Source, span: Span) -> str:
    """The text of a span; empty where the span lies outside of the source."""
    lines = source.lines[span.line - 1 : span.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
