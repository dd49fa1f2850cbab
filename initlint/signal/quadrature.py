"""Gaussian expectations by composite Gauss-Legendre quadrature, in plain Python.

The panels are graded towards the places where an activation bends (its kinks, and the origin, about which smooth
activations change over a length of about 1), so that the results hold for any variance: with q = 1e30 the bend is 1e-15
standard deviations wide, and E φ'² comes from there alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

Function = Callable[[float], float]

# How many standard deviations are integrated over, and the longest panel in standard deviations: the Gaussian itself is
# then integrated to better than 1e-8.
_REACH = 6.5
_PANEL = 2.2
# The length over which a smooth activation changes.
_BEND = 1.0
# The growth of panels away from a bend, and the Gauss-Legendre points in each: of integrals over one dimension, and
# over two, where six are good to 1e-5.
_GROWTH = 3
_POINTS = 8
_POINTS_OF_TWO = 6


def _legendre(order: int) -> tuple[tuple[float, float], ...]:
    """Nodes and weights on [-1, 1], by Newton's method on the Legendre polynomial."""
    rule = []
    for index in range(order):
        x = math.cos(math.pi * (index + 0.75) / (order + 0.5))
        slope = 1.0
        for _ in range(50):
            before, value = 1.0, x
            for k in range(2, order + 1):
                before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
            slope = order * (x * value - before) / (x * x - 1)
            x -= value / slope
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return tuple(rule)


_RULE = _legendre(_POINTS)
_RULE_OF_TWO = _legendre(_POINTS_OF_TWO)


def _edges(centres: Iterable[float], low: float, high: float, longest: float) -> list[float]:
    """Panel edges from ``low`` to ``high``: every centre is one, and panels grow in length away from centres."""
    inside = sorted({centre for centre in centres if low < centre < high})
    stops = [low, *inside, high]
    edges = [low]
    for index, (start, end) in enumerate(pairwise(stops)):
        near_start, near_end = index > 0, index < len(stops) - 2
        half = (start + end) / 2 if near_start and near_end else (end if near_start or not near_end else start)
        edges += [start + offset for offset in _offsets(half - start, longest)]
        edges += [end - offset for offset in reversed(_offsets(end - half, longest))]
        if half not in (start, end):
            edges.append(half)
        edges.append(end)
    return sorted(set(edges))


def _offsets(length: float, longest: float) -> list[float]:
    offsets = []
    step = min(_BEND, longest)
    at = step
    while at < length:
        offsets.append(at)
        step = min(_GROWTH * step, longest)
        at += step
    return offsets


def nodes(
    deviation: float,
    centres: Sequence[float],
    symmetric: bool = False,
    rule: tuple[tuple[float, float], ...] = _RULE,
) -> list[tuple[float, float]]:
    """Points and weights for E f(u), u ~ N(0, deviation²).

    ``centres`` are the places where f bends. With ``symmetric`` f is even and only u > 0 is visited, at twice the
    weight. ``rule`` has the points and weights of each panel, on [-1, 1].
    """
    reach = _REACH * deviation
    edges = _edges(centres, 0.0 if symmetric else -reach, reach, _PANEL * deviation)
    scale = (2 if symmetric else 1) / (deviation * math.sqrt(2 * math.pi))
    result = []
    for start, end in pairwise(edges):
        middle, half = (start + end) / 2, (end - start) / 2
        for x, weight in rule:
            u = middle + half * x
            result.append((u, scale * half * weight * math.exp(-0.5 * (u / deviation) ** 2)))
    return result


def expectation(function: Function, kinks: Sequence[float], second: float) -> float:
    """E f(u) for u ~ N(0, ``second``)."""
    points = nodes(math.sqrt(second), (0.0, *kinks))
    return math.fsum(weight * function(u) for u, weight in points)


def difference(function: Function, kinks: Sequence[float], second: float, across: float) -> float:
    """½ E (φ(u) - φ(v))² for u, v ~ N(0, ``second``) with E uv = ``second`` - ``across``.

    This is E φ(u)² - E φ(u)φ(v), without the cancellation: u = m + d and v = m - d, with independent m and d of
    variances second - across/2 and across/2. Needs 0 < across < 2·second.
    """
    common, apart = math.sqrt(second - across / 2), math.sqrt(across / 2)
    total = 0.0
    bends = list(kinks) if kinks else [0.0]
    around = nodes(common, bends, rule=_RULE_OF_TWO)
    for d, outer in nodes(apart, (), symmetric=True, rule=_RULE_OF_TWO):
        moves = bool(kinks) or d > _BEND
        moved = [k + sign * d for k in bends for sign in (1, -1)]
        inner = 0.0
        for m, weight in nodes(common, moved, rule=_RULE_OF_TWO) if moves else around:
            gap = function(m + d) - function(m - d)
            inner += weight * gap * gap
        total += outer * inner
    return total / 2
