"""Pooling, means over positions, and changes of resolution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from initlint.ir import dim
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, averaged, share
from initlint.signal.quadrature import expectation

# By how much estimates may be off, in decades of the standard deviation.
_MAXIMUM, _AVERAGED, _INTERPOLATED, _WINDOW_UNKNOWN = 0.06, 0.1, 0.15, 0.2
_WINDOW = 4.0
# The mean, as a share of the root mean square, from which on a value is taken to come from a ReLU (0.56 behind one).
_RECTIFIED = 0.3
_GROWN = 4.0


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """An average of n keeps what positions have in common and a share 1/n of what differs between them."""
    before = flows[0]
    if isinstance(before, Unknown):
        return before
    if op.kind == "reduce" and op.name not in {"mean", "max", "amax"}:
        return Unknown(f"the signal behind {op.name} is not known", op.place)
    count, sure = window(context, op, before)
    tolerance = before.tolerance + (0.0 if sure else _WINDOW_UNKNOWN)
    positions = max(before.positions / step(op, count), 1.0)
    if count <= 1:
        return replace(before, positions=positions)
    if "max" in op.name:
        return replace(_maximum(before, count), tolerance=tolerance + _MAXIMUM, positions=positions)
    lost = math.log10(count) / 2 * min(before.local, 1.0) if context.inputs.smooth else 0.0
    return replace(averaged(before, 1 / count), tolerance=tolerance + _AVERAGED + lost, positions=positions)


def window(context: Context, op: Op, before: Value) -> tuple[float, bool]:
    """How many elements one window has, and whether that is known: means are taken to be global, as are adaptive pools,
    but for those whose flattened output is too wide; such a pool may make more positions of fewer."""
    if op.kind == "reduce":
        return before.positions, True
    if op.name.startswith("adaptive"):
        taken, width = context.next_width(op), before.width
        left = taken / width if isinstance(taken, (int, float)) and isinstance(width, (int, float)) and width else 1.0
        return before.positions / max(left, 1.0), True
    if isinstance(op.value, (int, float)) and op.value >= 1:
        return min(float(op.value), max(before.positions, 1.0)), True
    return min(_WINDOW, max(before.positions, 1.0)), False


def step(op: Op, count: float) -> float:
    """By how much fewer positions there are behind a pool: its strides' product, which is mostly its window, but for
    windows of 3 × 3, which overlap."""
    if op.kind == "pool" and isinstance(op.stride, (int, float)) and op.stride > 1:
        return float(op.stride)
    return 4.0 if op.kind == "pool" and count == 9 and op.value == 9 else count


def _maximum(before: Value, count: float) -> Value:
    """The largest of ``count`` Gaussians of which a share ``local`` is independent; behind a ReLU it is that of the
    pre-activations, whose second moment is twice as large."""
    if before.positions <= 1 or count <= 1:
        return before
    rectified = before.mean > _RECTIFIED
    q, apart, local = 1.0, min(before.across, 1.0), min(before.local, 1.0)
    if rectified:
        q, apart, local = 2.0, min(apart * (1 + 0.7 * apart), 1.0), min(local * (1 + 0.7 * local), 1.0)
    first, second = largest_of(round(count))
    centre, left = math.sqrt(q * local) * first, second - first * first
    spread = q * (1 - local + local * left)
    both = min(local, apart)
    differs = q * (apart - both + both * left)
    grown = (centre * centre + spread, centre)
    if rectified:
        grown = _rectified(centre, spread)
        differs *= _slope(centre, spread)
    size = grown[0]
    return Value(
        second=dim.multiply(before.second, size),
        across=share(differs, size),
        local=share(differs * (before.local / before.across if before.across > 0 else 1.0), size),
        mean=min(grown[1] / math.sqrt(size), 1.0),
        width=before.width,
    )


def _rectified(mean: float, variance: float) -> tuple[float, float]:
    """E relu(u)² and E relu(u) for u ~ N(mean, variance)."""
    deviation = math.sqrt(max(variance, 1e-12))
    t = mean / deviation
    density, below = math.exp(-t * t / 2) / math.sqrt(2 * math.pi), 0.5 * math.erfc(-t / math.sqrt(2))
    first = mean * below + deviation * density
    return (mean * mean + variance) * below + mean * deviation * density, first


def _slope(mean: float, variance: float) -> float:
    """How often a unit is not zero."""
    return 0.5 * math.erfc(-mean / math.sqrt(2 * max(variance, 1e-12)))


@lru_cache(maxsize=256)
def largest_of(count: int) -> tuple[float, float]:
    """E z and E z² for z the largest of ``count`` independent standard Gaussians."""
    if count > 2000:
        top = math.sqrt(2 * math.log(count))
        return top, top * top + 1 / (top * top)

    def weight(z: float) -> float:
        below: float = (0.5 * math.erfc(-z / math.sqrt(2))) ** (count - 1)
        return count * below

    bends = (1.0, 2.0, 3.0)
    return expectation(lambda z: z * weight(z), bends, 1.0), expectation(lambda z: z * z * weight(z), bends, 1.0)


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """An average hands 1/n to each of n elements; a maximum all to one."""
    before = flows[0]
    if isinstance(before, Unknown):
        return [before]
    count, sure = window(context, op, before)
    rough = 0.0 if sure else _WINDOW_UNKNOWN
    if count <= 1:
        return [gradient.scaled((1 / count) * (1 + gradient.common * (1 / count - 1)))]
    fewer = min(step(op, count), before.positions)
    overlap = max(count / fewer, 1.0)
    if "max" in op.name:
        # The largest of several is rarely one that a ReLU before the pool cut off, as half of all are.
        chosen = 2 * (1 - 0.5 ** (1 + (count - 1) * min(before.local, 1.0))) if before.mean > _RECTIFIED else 1.0
        return [replace(gradient.scaled(chosen / fewer, _MAXIMUM), common=gradient.common / count)]
    if op.name != "mean" and "average" not in op.name:
        return [Unknown(f"the gradient behind {op.name} is not known", op.place)]
    together = overlap * (1 + gradient.common * (overlap - 1))
    passed = gradient.scaled(together / (count * count), rough)
    # All elements of a window get the same: of a global average, all positions.
    alike = min(fewer / before.positions, 1.0)
    return [replace(passed, common=gradient.common + (1 - gradient.common) * alike)]


def resample(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """More or fewer pixels of the same values."""
    before = flows[0]
    if isinstance(before, Unknown):
        return before
    same = replace(before, curve=None, parts=())
    if op.name in {"pad", "roll", "flip"}:
        return same
    growth = _GROWN
    if op.name == "pixel_shuffle":
        return replace(same, width=None, positions=before.positions * growth)
    if op.name == "pixel_unshuffle":
        return replace(same, width=None, positions=max(before.positions / growth, 1.0))
    if op.name == "interpolate":
        positions = before.positions * growth if before.positions > 1 else before.positions
        return replace(same, tolerance=before.tolerance + _INTERPOLATED, positions=positions)
    return replace(same, tolerance=before.tolerance + _INTERPOLATED)


def resample_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """A pixel that became several gathers their gradients."""
    if op.name == "interpolate":
        return [gradient.scaled(_GROWN * (1 + gradient.common * (_GROWN - 1)), _INTERPOLATED)]
    return [gradient]
