"""Sets predictions beside measurements: one line for each call of a weight layer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch
from torch import nn

from initlint.ir.model import Model, Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Inputs
from initlint.signal.meanfield.run import across, predict
from initlint.signal.meanfield.value import Gradient, Value
from tests.agreement.signal.measure import Measured, measure

_DEAD = 1e-30


@dataclass(frozen=True)
class Point:
    """One prediction (a standard deviation, or why there is none) and its measurement; ``tolerance`` is the stated one,
    0 for what is not marked approximate. ``spread`` is that of the measurement over seeds."""

    layer: str
    predicted: float | str
    measured: float
    tolerance: float
    spread: float

    @property
    def error(self) -> float | None:
        """|log10(predicted / measured)|; None where nothing was predicted."""
        if isinstance(self.predicted, str):
            return None
        if self.predicted <= _DEAD or self.measured <= _DEAD:
            return 0.0 if self.predicted <= _DEAD and self.measured <= _DEAD else math.inf
        return abs(math.log10(self.predicted / self.measured))


@dataclass
class Outcome:
    """What the comparison of one model gave."""

    family: str
    name: str
    forward: list[Point] = field(default_factory=list)
    backward: list[Point] = field(default_factory=list)
    failure: str = ""


def compare(
    family: str, name: str, model: Model, build: Callable[[], nn.Module],
    inputs: Callable[[], tuple[torch.Tensor, ...]], names: Mapping[str, float],
) -> Outcome:  # fmt: skip
    """Predict from the static model, measure on the live one. ``names`` gives the positions of the forward's inputs."""
    result = Outcome(family, name)
    if isinstance(model.graph, Unknown):
        result.failure = f"the forward was not read: {model.graph.why}"
        return result
    prediction = predict(model, Inputs(positions=names, smooth=False))
    calls = [(op, path) for op in model.graph.ops if op.kind == "layer" and (path := _path(model, op)) is not None]
    measured = measure(build, inputs, {path for _, path in calls})
    counts: dict[str, int] = {}
    for op, path in calls:
        number = counts.get(path, 0)
        counts[path] = number + 1
        found = measured.get((path, number))
        if found is not None:
            label = path if number == 0 else f"{path} ({number + 1})"
            _compare_one(result, label, prediction.values[op.id], prediction.gradients[op.id], found)
    return result


def _path(model: Model, op: Op) -> str | None:
    if op.module is not None:
        return op.module
    weight = next((each for each in model.parameters if each.name == op.weight), None)
    own = weight is not None and any(each.path == weight.layer and each.kind != "user" for each in model.modules)
    return weight.layer if weight is not None and own else None


def _compare_one(
    result: Outcome, label: str, value: Value | Unknown, back: Gradient | Unknown, found: Measured
) -> None:
    spread = across(value)
    forward = spread if isinstance(spread, float) else spread.why
    tolerance = value.tolerance if isinstance(value, Value) else 0.0
    result.forward.append(Point(label, forward, found.across, tolerance, found.spread))
    if isinstance(back, Unknown):
        result.backward.append(Point(label, back.why, found.gradient, 0.0, found.spread))
        return
    second = back.second
    gradient: float | str = math.sqrt(second) if isinstance(second, (int, float)) else f"sizes not known: {second}"
    tolerance = max(back.tolerance, tolerance * 0.0)
    result.backward.append(Point(label, gradient, found.gradient, tolerance, found.spread))
