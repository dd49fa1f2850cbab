"""What the rules on measurements share: where a finding points, and how it names a layer's init."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from statistics import median

from initlint.diagnostics import Finding, Severity
from initlint.ir.measured import Layer, Measurement, Run, Tensor
from initlint.ir.place import Place, Span
from initlint.signal.profile import Fall, explicit, tensor

# Beyond these factors a signal or a gradient is called dead or exploded, whatever the model.
LIMITS = (1e-3, 1e2)
NOWHERE = Span("<model>", 1, 1, 1, 2)


def report(
    measured: Measurement, place: Span | None, message: str, severity: Severity, layer: str = "",
    related: list[tuple[Place, str]] | None = None,
) -> Finding:  # fmt: skip
    """A finding at a line, or at the class where no line is known."""
    found = place or measured.place or NOWHERE
    return Finding(found, message, severity, related=tuple(related or ()), class_name=measured.name, layer=layer)


def written(measured: Measurement, found: Tensor | None) -> Span | None:
    """The line to change for a parameter: of the call that last wrote it, innermost in the project."""
    if found is None or not found.writes:
        return None
    return found.writes[-1].inner or found.writes[0].inner


def of_layer(measured: Measurement, layer: Layer) -> Span | None:
    """The line to change for a layer: where its weight was last written, else where the forward runs it."""
    return written(measured, tensor(measured.first, layer.weight)) or layer.at


def init_of(measured: Measurement, layer: Layer) -> str:
    """«`weight` is set by `xavier_uniform_`», or that it is at the layer's default; empty where nobody watched."""
    found = tensor(measured.first, layer.weight)
    if found is None or not found.writes:
        return ""
    write = explicit(found)
    return f"its weight is set by `{write.call}`" if write is not None else "its weight is at the layer's default"


def layer_at(measured: Measurement, number: int) -> Layer:
    """The layer of that number."""
    return measured.first.layers[number]


def worst(measured: Measurement, ask: Callable[[Run], Fall | None]) -> Fall | None:
    """The median over seeds of a change along the depth, where most seeds have it."""
    found = [each for run in measured.runs if (each := ask(run)) is not None]
    if not found or len(found) * 2 <= len(measured.runs):
        return None
    return sorted(found, key=lambda each: each.factor)[len(found) // 2]


def agreed(measured: Measurement, holds: Callable[[Run], bool]) -> bool:
    """Whether it holds for most seeds."""
    return sum(map(holds, measured.runs)) * 2 > len(measured.runs)


def over_seeds(measured: Measurement, ask: Callable[[Run], float]) -> float:
    """The median over the seeds that ran the same layers as the first; NaN where nothing is known."""
    values = [ask(run) for run in measured.runs if len(run.layers) == len(measured.first.layers)]
    known = [value for value in values if not math.isnan(value)]
    return median(known) if known else math.nan


def once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One finding for each line: the first."""
    seen: set[object] = set()
    for each in findings:
        if each.place not in seen:
            seen.add(each.place)
            yield each


def display(layer: Layer) -> str:
    """The path that users know."""
    return layer.name or layer.weight
