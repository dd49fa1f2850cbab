"""Positions of libcst nodes, as spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from initlint.ir.place import Span
from initlint.syntax.depth import quiet, room, with_stack
from initlint.syntax.newer.lowering import lower_recording
from initlint.syntax.outline import Segment

Ranges = Mapping[cst.CSTNode, Any]

# Of a compound statement only the header is of use to a reader.
_COMPOUND = (cst.If, cst.For, cst.While, cst.With, cst.Try, cst.TryStar, cst.Match)


def spans(segment: Segment, wanted: Iterable[int], path: str) -> dict[int, Span]:
    """The work of :func:`initlint.syntax.locate.locate`."""
    with quiet, room:
        _, module, record = lower_recording(segment)
        ranges = with_stack(lambda: ranges_of(module))
    lines = segment.text.split("\n")
    return {
        index: _span(record[index], ranges, lines, segment.first - 1, path)
        for index in wanted
        if 0 <= index < len(record)
    }


def ranges_of(module: cst.Module) -> Ranges:
    """The range of each node, without the white space around it."""
    # The tree is ours alone, so the copy against shared nodes is not needed.
    return MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)


def _span(node: cst.CSTNode, ranges: Ranges, lines: list[str], shift: int, path: str) -> Span:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        node = node.name
    start, end = _range(node, ranges)
    if isinstance(node, _COMPOUND) and end[0] > start[0]:
        end = (start[0], len(lines[start[0] - 1].rstrip()))
    return Span(path, start[0] + shift, start[1] + 1, end[0] + shift, end[1] + 1)


def _range(node: cst.CSTNode, ranges: Ranges) -> tuple[tuple[int, int], tuple[int, int]]:
    whole: CodeRange = ranges[node]
    start, end = whole.start, whole.end
    if isinstance(node, (cst.Tuple, cst.GeneratorExp)) and node.lpar:
        start, end = ranges[node.lpar[-1]].start, ranges[node.rpar[0]].end
    return (start.line, start.column), (end.line, end.column)
