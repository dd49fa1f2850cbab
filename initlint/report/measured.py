"""Measurements as tables and as JSON, predicted beside measured."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from initlint.diagnostics import Diagnostic
from initlint.ir.measured import Layer, Measurement, Skip
from initlint.ir.place import Span
from initlint.report.json import as_object
from initlint.report.paint import Painter, one_line
from initlint.report.trace import sparkline
from initlint.signal.profile import explicit, tensor

_COLUMNS = ("place", "layer", "initialiser", "fwd std", "across-input", "predicted", "bwd", "predicted", "χ", "verdict")
_LEFT = 3
# So many kinds of what was tried are shown.
_SHOWN = 6
# Decades, and what is nothing.
_NEAR, _LEAST = math.log10(1.25), 1e-12


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One layer over all seeds: medians."""

    layer: Layer
    place: Span | None
    initializer: str
    second: float
    across: float
    gradient: float
    predicted_across: float | None
    predicted_gradient: float | None
    tolerance: float
    chi: float
    verdict: str


def rows(measured: Measurement, found: Sequence[Diagnostic]) -> list[Row]:
    """The layers in the order in which they ran."""
    runs = [run for run in measured.runs if len(run.layers) == len(measured.first.layers)]
    verdicts: dict[str, list[str]] = {}
    for each in found:
        verdicts.setdefault(each.layer, []).append(each.code)
    listed = []
    for layer in measured.first.layers:
        same = [run.layers[layer.number] for run in runs]
        weight = tensor(measured.first, layer.weight)
        write = explicit(weight)
        default = weight.writes[-1].call if weight is not None and weight.writes else "?"
        predicted = measured.predicted.get(layer.number)
        listed.append(
            Row(
                layer=layer,
                place=(weight.writes[-1].inner if weight is not None and weight.writes else None) or layer.at,
                initializer=write.call if write is not None else default,
                second=_median([each.second for each in same]),
                across=_median([each.across for each in same]),
                gradient=_median([math.nan if each.gradient is None else each.gradient for each in same]),
                predicted_across=predicted.across if predicted is not None else None,
                predicted_gradient=predicted.gradient if predicted is not None else None,
                tolerance=predicted.tolerance if predicted is not None else 0.0,
                chi=_median([_chi(run.layers, layer) for run in runs]),
                verdict=", ".join(sorted(set(verdicts.get(layer.name, ())))) or "ok",
            )
        )
    return listed


def _chi(layers: Sequence[Layer], layer: Layer) -> float:
    """The factor of the gradient's second moment over the step from the next layer back to this one."""
    if len(layer.feeds) != 1:
        return math.nan
    here, after = layers[layer.number].flow, layers[layer.feeds[0]].flow
    return (here / after) ** 2 if here is not None and after else math.nan


def _median(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return median(known) if known else math.nan


def table(measured: Measurement, found: Sequence[Diagnostic], painter: Painter) -> str:
    """Aligned columns, two lines along the depth, and how it was measured."""
    listed = rows(measured, found)
    cells = [_COLUMNS, *(_cells(row) for row in listed)]
    wide = [max(len(line[index]) for line in cells) for index in range(len(_COLUMNS))]
    head = f"{one_line(measured.target)}: {how(measured)}"
    lines = [painter.paint(head, "bold"), ""]
    for number, line in enumerate(cells):
        text = "  ".join(
            cell.ljust(wide[index]) if index < _LEFT or index == len(_COLUMNS) - 1 else cell.rjust(wide[index])
            for index, cell in enumerate(line)
        ).rstrip()
        lines.append(painter.paint(text, "dim") if number == 0 else text)
    lines.append("")
    lines.append(f"across-input  {sparkline([_plain(row.across) for row in listed])}")
    lines.append(f"backward      {sparkline([_plain(row.gradient) for row in listed])}")
    return "\n".join(lines) + "\n" + _agreed(measured) + "\n"


def _plain(value: float) -> float | str:
    return "?" if math.isnan(value) else value


def how(measured: Measurement) -> str:
    """How it was measured: layers, seeds, inputs, the way to the batch, seconds."""
    seeds = len(measured.runs)
    inputs = measured.inputs[0].shape[0] if measured.inputs and measured.inputs[0].shape else 0
    parts = [f"{len(measured.first.layers)} layers", f"{seeds} {'seed' if seeds == 1 else 'seeds'}"]
    return f"{', '.join(parts)}, {inputs} inputs ({one_line(measured.way)}); {measured.seconds:.1f} s"


def agreement(measured: Measurement) -> list[tuple[float, Layer]]:
    """How far prediction and measurement lie apart at each layer for which both are known: the median over seeds of
    the across-input standard deviation beside the predicted one, in decades; the worst first."""
    found = []
    for row in rows(measured, ()):
        if row.predicted_across is not None and row.layer.driven and not math.isnan(row.across):
            low = min(row.across, row.predicted_across)
            high = max(row.across, row.predicted_across)
            apart = math.log10(max(high, _LEAST) / max(low, _LEAST))
            found.append((apart, row.layer))
    return sorted(found, key=lambda each: -each[0])


def _agreed(measured: Measurement) -> str:
    found = agreement(measured)
    near = sum(apart <= _NEAR for apart, _ in found)
    return f"predicted      within 25 % at {near} of {len(found)} layers\n" if found else ""


def _cells(row: Row) -> tuple[str, ...]:
    rough = "~" if row.tolerance > 0 else ""
    return (
        shown_place(row.place), one_line(row.layer.name or row.layer.weight), one_line(row.initializer),
        number(row.second), number(row.across), _guess(row.predicted_across, rough), number(row.gradient),
        _guess(row.predicted_gradient, rough), number(row.chi), row.verdict,
    )  # fmt: skip


def shown_place(span: Span | None) -> str:
    """``file:line``, the file as seen from here."""
    return f"{one_line(relative(span.path))}:{span.line}" if span is not None else ""


def relative(path: str) -> str:
    """A path as seen from the current folder, where it lies below; with slashes."""
    near = os.path.relpath(path) if os.path.isabs(path) else path
    return (path if near.startswith("..") else near).replace(os.sep, "/")


def _guess(value: float | None, rough: str) -> str:
    return "" if value is None else rough + number(value)


def number(value: float) -> str:
    """Three digits; ``?`` where it is not known."""
    return "?" if math.isnan(value) else f"{value:.3g}"


def skipped(skip: Skip) -> str:
    """Why, what was tried, and the function to paste."""
    lines = [f"{one_line(skip.target)}: not measured: {one_line(skip.why)}"]
    lines += [f"  {one_line(each)}" for each in _kinds(skip.tried)]
    if skip.stub:
        lines += ["  paste this into its module, with what is missing filled in:", ""]
        lines += [f"    {line}".rstrip() for line in skip.stub.splitlines()]
    return "\n".join(lines) + "\n"


def _kinds(tried: Sequence[str]) -> list[str]:
    """Of the tries that ended alike, but for numbers, the last; the first kinds and the last."""
    kinds: dict[str, list[str]] = {}
    for each in tried:
        kinds.setdefault(re.sub(r"\d+", "0", each.partition(": ")[2]), []).append(each)
    lines = [f"tried {each[-1]}" + (f" (and {len(each) - 1} like it)" if each[1:] else "") for each in kinds.values()]
    if len(lines) <= _SHOWN:
        return lines
    left = len(lines) - _SHOWN
    return [*lines[: _SHOWN // 2], f"tried {left} more (--format json has all)", *lines[-(_SHOWN // 2) :]]


def as_json(
    measurements: Sequence[Measurement], skips: Sequence[Skip], found: Mapping[str, Sequence[Diagnostic]]
) -> str:  # fmt: skip
    """One object: ``models`` with their layers and findings, and ``skipped``. What is not known is null."""
    models = [
        {
            "target": each.target, "class": each.name, "way": each.way, "seconds": round(each.seconds, 3),
            "inputs": [dataclasses.asdict(given) for given in each.inputs], "seeds": len(each.runs),
            "layers": [_layer(row) for row in rows(each, found[each.target])],
            "findings": [as_object(diagnostic) for diagnostic in found[each.target]],
            "extra": dataclasses.asdict(each.extra),
        }
        for each in measurements
    ]  # fmt: skip
    left = [{"target": each.target, "why": each.why, "tried": each.tried, "stub": each.stub} for each in skips]
    return json.dumps(_finite({"models": models, "skipped": left}), indent=2) + "\n"


def _layer(row: Row) -> dict[str, Any]:
    layer = row.layer
    return {
        "layer": layer.name, "weight": layer.weight, "kind": layer.kind, "initializer": row.initializer,
        "path": relative(row.place.path) if row.place is not None else None,
        "line": row.place.line if row.place is not None else None,
        "std": row.second, "across": row.across, "gradient": row.gradient, "chi": row.chi,
        "predicted_across": row.predicted_across, "predicted_gradient": row.predicted_gradient,
        "tolerance": row.tolerance, "head": layer.head, "verdict": row.verdict,
    }  # fmt: skip


def _finite(value: Any) -> Any:
    """JSON has no NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, (list, tuple)) else value
