"""A trace as a table, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence

from initlint.ir.dim import Dim, Scalar, format_number
from initlint.ir.place import Place, Span
from initlint.report.paint import Painter, one_line
from initlint.signal.trace import Row, Trace

_BARS = "▁▂▃▄▅▆▇█"
_COLUMNS = ("place", "layer", "initialiser", "std", "gain", "q", "across-input", "backward", "χ")
Places = Mapping[Place, Span]


def table(found: Trace, places: Places, painter: Painter) -> str:
    """Aligned columns, a line along the depth, the verdict and what remedies would give."""
    cells = [_COLUMNS, *(_cells(row, places) for row in found.rows)]
    wide = [max(len(line[index]) for line in cells) for index in range(len(_COLUMNS))]
    lines = []
    for number, line in enumerate(cells):
        text = "  ".join(
            cell.ljust(wide[index]) if index < 3 else cell.rjust(wide[index]) for index, cell in enumerate(line)
        )
        lines.append(painter.paint(text.rstrip(), "bold") if number == 0 else text.rstrip())
    sparks = [("across-input", [row.across for row in found.rows]), ("backward", [row.gradient for row in found.rows])]
    lines.append("")
    lines += [f"{name:<12}  {sparkline(values)}" for name, values in sparks]
    lines += ["", f"{found.name}: {found.verdict}", *found.notes]
    for remedy in found.remedies:
        across, gradient = (_number(value) if value is not None else "?" for value in (remedy.across, remedy.gradient))
        lines.append(
            f"with {remedy.name}: across-input {across} at the last hidden layer, gradient {gradient} at the first"
        )
    return "\n".join(lines) + "\n"


def as_json(found: Trace, places: Places) -> str:
    """The same as one object; what is not known is a text that says why."""
    rows = [
        {
            "place": _place(row, places), "layer": row.name, "initializer": row.initializer, "std": _plain(row.std),
            "gain": _plain(row.gain), "q": _plain(row.second), "across": row.across, "gradient": row.gradient,
            "chi": row.chi, "tolerance": row.tolerance, "head": row.head,
        }
        for row in found.rows
    ]  # fmt: skip
    remedies = [{"name": each.name, "across": each.across, "gradient": each.gradient} for each in found.remedies]
    loops = [{"depth": each.symbol, "gain": each.gain, "crosses": each.crosses} for each in found.loops]
    whole = {
        "model": found.name,
        "verdict": found.verdict,
        "notes": found.notes,
        "layers": rows,
        "remedies": remedies,
        "loops": loops,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def as_csv(found: Trace, places: Places) -> str:
    """The rows alone."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["place", "layer", "initializer", "std", "gain", "q", "across", "gradient", "chi", "tolerance"])
    for row in found.rows:
        writer.writerow(
            [_place(row, places), row.name, row.initializer, _plain(row.std), _plain(row.gain), _plain(row.second),
             row.across, row.gradient, "" if row.chi is None else row.chi, row.tolerance]
        )  # fmt: skip
    return stream.getvalue()


def sparkline(values: Sequence[float | str]) -> str:
    """One bar for each value, by its logarithm; a gap where nothing is known, a dot for what is dead."""
    logs = [math.log10(value) for value in values if isinstance(value, float) and value > 0]
    if not logs:
        return ""
    low, span = min(logs), max(max(logs) - min(logs), 1.0)
    marks = []
    for value in values:
        if isinstance(value, str):
            marks.append(" ")
        elif value <= 0:
            marks.append("·")
        else:
            marks.append(_BARS[min(int((math.log10(value) - low) / span * len(_BARS)), len(_BARS) - 1)])
    return "".join(marks)


def _cells(row: Row, places: Places) -> tuple[str, ...]:
    rough = "~" if row.tolerance > 0 else ""
    return (
        _place(row, places), one_line(row.name), one_line(row.initializer), _number(row.std), _number(row.gain),
        _number(row.second), rough + _number(row.across), _number(row.gradient),
        "" if row.chi is None else _number(row.chi),
    )  # fmt: skip


def _place(row: Row, places: Places) -> str:
    span = places.get(row.made)
    return f"{one_line(span.path)}:{span.line}" if span is not None else ""


def _plain(value: Scalar | str) -> float | str:
    return str(value) if isinstance(value, Dim) else value


def _number(value: Scalar | str) -> str:
    if isinstance(value, str):
        return "?"
    return (
        str(value) if isinstance(value, Dim) else f"{value:.3g}" if isinstance(value, float) else format_number(value)
    )
