"""From the numbers of code nodes to positions in the source."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.ir.place import Span
from initlint.syntax.lower import lower_recording
from initlint.syntax.outline import Segment
from initlint.syntax.positions import Positions
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
    found = lower_recording(segment)
    if found is None:
        from initlint.syntax.newer.positions import spans

        return spans(segment, wanted, path)
    record = found[1]
    positions = Positions(record, segment.first, path)
    return {number: positions.span(number) for number in wanted if 0 <= number < len(record)}


def source_text(source: Source, span: Span) -> str:
    """The text of a span; empty where the span lies outside of the source."""
    lines = source.lines[span.line - 1 : span.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
