"""Moments of ReLU and its like at a Gaussian of any mean, in closed form but for one integral."""

from __future__ import annotations

import math
from functools import lru_cache

from initlint.signal.quadrature import nodes


def _below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _density(z: float) -> float:
    return math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi) if abs(z) < 38 else 0.0


def moments(leak: float, mean: float, variance: float) -> tuple[float, float, float, float]:
    """E φ², E φ, E φ'² and E φ' of u ~ N(mean, variance), φ(u) being u above 0 and ``leak``·u below."""
    deviation = math.sqrt(variance)
    above, bump = _below(mean / deviation), deviation * _density(mean / deviation)
    first, second = mean * above + bump, (mean * mean + variance) * above + mean * bump
    rest, square = mean - first, mean * mean + variance - second
    return (
        second + leak * leak * square,
        first + leak * rest,
        above + leak * leak * (1 - above),
        above + leak * (1 - above),
    )


@lru_cache(maxsize=1 << 14)
def difference(leak: float, mean: float, variance: float, across: float) -> float:
    """½ E (φ(u) - φ(v))² for u, v ~ N(mean, variance) with covariance variance - ``across``; as of
    :func:`initlint.signal.quadrature.difference`, the integral over what they have in common being in closed form."""
    common, apart = math.sqrt(variance - across / 2), math.sqrt(across / 2)
    total = math.fsum(weight * _gap(leak, d, mean, common) for d, weight in nodes(apart, (), symmetric=True))
    return total / 2


def _gap(leak: float, d: float, mean: float, deviation: float) -> float:
    """E (φ(m + d) - φ(m - d))² over m ~ N(mean, deviation²), for d > 0."""
    if deviation <= 0:
        rise = max(mean + d, leak * (mean + d)) - max(mean - d, leak * (mean - d))
        return rise * rise
    low, high = (-d - mean) / deviation, (d - mean) / deviation
    below, above = _below(low), 1 - _below(high)
    inside = max(1 - below - above, 0.0)
    bumps = _density(low) - _density(high)
    # Where the kink lies between, the gap is (1-a)·m + (1+a)·d.
    first = mean * inside + deviation * bumps
    second = (mean * mean + deviation**2) * inside + 2 * mean * deviation * bumps
    second += deviation**2 * (low * _density(low) - high * _density(high))
    slope, offset = 1 - leak, (1 + leak) * d
    between = slope * slope * second + 2 * slope * offset * first + offset * offset * inside
    return 4 * d * d * (above + leak * leak * below) + max(between, 0.0)
