"""Moments of activations under a Gaussian pre-activation: exact where a closed form exists, else by quadrature.

Mean-field theory of deep networks: Poole et al. 2016, Schoenholz et al. 2017; the arc-cosine kernel: Cho and Saul 2009.
"""

from __future__ import annotations

import math
from functools import lru_cache

from initlint.ir.data import dataclass
from initlint.signal.functions import ALIASES, FIXED, LEAKY, SHAPED, TAKES_SLOPE, Function
from initlint.signal.quadrature import difference, expectation

# Quadrature runs between these; beyond them the activation is its tangent at 0, or its asymptotes.
_SMALLEST, _LARGEST = 1e-30, 1e30
# Behind this second moment the across-input part is computed from the asymptotes: 1/√q = 1e-3 bounds the error.
_ASYMPTOTIC = 1e6
# Below this share of the signal, and for smooth activations below this second moment, the first-order form is used.
_FIRST_ORDER_SHARE = 1e-9
_FIRST_ORDER_SECOND = 1e-8
# Where an activation has reached its asymptote.
_FAR = 1e6


_CLOSED = frozenset({"sine", "cosine", "relu_squared"})


@dataclass(frozen=True, slots=True)
class Moments:
    """For u ~ N(0, q): ``second`` = E φ(u)², ``slope`` = E φ'(u)², ``mean`` = E φ(u)."""

    second: float
    slope: float
    mean: float


def canonical(name: str) -> str:
    """The name under which the activation is tabulated."""
    return ALIASES.get(name, name)


def known(name: str) -> bool:
    """Whether the activation's moments can be computed."""
    name = canonical(name)
    return name in FIXED or name in SHAPED or name in LEAKY or name in _CLOSED


def takes_argument(name: str) -> bool:
    """Whether the activation's argument changes its moments."""
    name = canonical(name)
    return name in SHAPED or name in TAKES_SLOPE


def moments(name: str, q: float, argument: float | None = None) -> Moments:
    """E φ², E φ'² and E φ at second moment ``q`` ≥ 0 of a zero-mean Gaussian pre-activation.

    ``argument`` is the negative slope or alpha where it differs from torch's default. Relative error below 1e-6 for q
    in [1e-30, 1e30]; beyond, the leading order. Raises KeyError for an unknown name.
    """
    name = canonical(name)
    if name in LEAKY or name in _CLOSED:
        return _closed(name, q, argument)
    bound = min(max(q, _SMALLEST), _LARGEST)
    found = _moments(name, _rounded(bound), argument)
    if bound == q:
        return found
    growth = q / bound
    function = _function(name, argument)
    if function.value(0.0) != 0 if growth < 1 else _asymptotes(function) == (0.0, 0.0):
        return found
    return Moments(found.second * growth, found.slope, found.mean * math.sqrt(growth))


def gain(name: str, argument: float | None = None) -> float:
    """1/√(E φ²) at q = 1: the factor by which weights must be larger before this activation."""
    return 1 / math.sqrt(moments(name, 1.0, argument).second)


def across(name: str, q: float, apart: float, argument: float | None = None) -> float:
    """E φ(u)² - E φ(u)φ(v) for u, v ~ N(0, q) with E uv = q - ``apart``: the across-input variance behind φ.

    Relative error below 1e-4 (1e-3 for q above 1e6), however small ``apart`` is against q. Raises KeyError for an
    unknown name.
    """
    name = canonical(name)
    if apart <= 0 or q <= 0:
        return 0.0
    share = min(apart / q, 2.0)
    if name in LEAKY:
        return _leaky_across(1.0, _leak(name, argument), share) * apart
    if name == "relu_squared":
        return _slope_across(name, 1.0, _rounded(share), argument) * apart * q
    if name in _CLOSED:
        return _wave_across(name, q, apart)
    if q > _ASYMPTOTIC:
        return _asymptotic_across(_function(name, argument), q, share)
    return _slope_across(name, _rounded(max(q, _SMALLEST)), _rounded(share), argument) * apart


def _rounded(value: float) -> float:
    """To seven digits, so that caches are hit by values that differ in rounding only."""
    return float(f"{value:.6e}")


def _function(name: str, argument: float | None) -> Function:
    if name in SHAPED:
        default, make = SHAPED[name]
        return make(default if argument is None else argument)
    return FIXED[name]


def _leak(name: str, argument: float | None) -> float:
    return argument if argument is not None and name in TAKES_SLOPE else LEAKY[name]


def _closed(name: str, q: float, argument: float | None) -> Moments:
    """The moments of those that have a closed form."""
    if name in LEAKY:
        leak = _leak(name, argument)
        half = (1 + leak * leak) / 2
        return Moments(half * q, half, (1 - leak) * math.sqrt(q / (2 * math.pi)))
    if name == "relu_squared":
        return Moments(1.5 * q * q, 2 * q, q / 2)
    odd, even = -math.expm1(-2 * q) / 2, (1 + math.exp(-2 * q)) / 2
    return Moments(odd, even, 0.0) if name == "sine" else Moments(even, odd, math.exp(-q / 2))


@lru_cache(maxsize=1 << 16)
def _moments(name: str, q: float, argument: float | None) -> Moments:
    function = _function(name, argument)
    value, slope, kinks = function.value, function.slope, function.kinks
    return Moments(
        expectation(lambda u: value(u) ** 2, kinks, q),
        expectation(lambda u: slope(u) ** 2, kinks, q),
        expectation(value, kinks, q),
    )


@lru_cache(maxsize=1 << 16)
def _slope_across(name: str, q: float, share: float, argument: float | None) -> float:
    """The across-input variance behind φ over that before it, where the latter is ``share`` of q."""
    function = _function(name, argument)
    smooth_and_small = q < _FIRST_ORDER_SECOND and 0.0 not in function.kinks
    if share < _FIRST_ORDER_SHARE or smooth_and_small:
        return moments(name, q, argument).slope
    share = min(share, 2 - 1e-9)
    if name == "gelu":
        return (_gelu_product(q, q) - _gelu_product(q, q - q * share)) / (q * share)
    if name == "relu_squared":
        return _squared_across(q, share) / (q * share)
    return difference(function.value, function.kinks, q, q * share) / (q * share)


def _gelu_product(q: float, c: float) -> float:
    """E φ(u)φ(v) of GELU for u, v ~ N(0, q) with E uv = c: the kernel of Tsuchida, Pearce, van der Heide, Roosta and
    Gallagher, Avoiding kernel fixed points, 2021."""
    wide = 1 + q
    root = 2 * math.pi * math.sqrt(wide * wide - c * c)
    return (q * q + c * c * (1 - q) / wide) / root + c / 4 + c * math.asin(c / wide) / (2 * math.pi)


def _squared_across(q: float, share: float) -> float:
    """Of ReLU², with the arc-cosine kernel of order 2."""
    angle = 2 * math.asin(math.sqrt(share / 2))
    sine, cosine = math.sin(angle), math.cos(angle)
    kernel = 3 * sine * cosine + (math.pi - angle) * (1 + 2 * cosine * cosine)
    return q * q / (2 * math.pi) * (3 * math.pi - kernel)


def _leaky_across(above: float, below: float, share: float) -> float:
    """Of φ with slopes ``above`` and ``below`` 0: (a+b)/2·u + (a-b)/2·|u|, with the arc-cosine kernel of |u|."""
    angle = 2 * math.asin(math.sqrt(share / 2))
    # sin θ - θ cos θ cancels for small angles.
    kernel = angle**3 / 3 - angle**5 / 30 if angle < 1e-2 else math.sin(angle) - angle * math.cos(angle)
    folded = 1 - 2 / math.pi * kernel / share if share else 1.0
    return ((above + below) / 2) ** 2 + ((above - below) / 2) ** 2 * folded


def _wave_across(name: str, q: float, apart: float) -> float:
    """Of sine and cosine, whose covariances are e^-q·sinh(qc) and e^-q·cosh(qc)."""
    together = 2 * q - apart
    echo = 1 + math.exp(-together) if name == "sine" else -math.expm1(-together)
    return -math.expm1(-apart) / 2 * echo


def _asymptotes(function: Function) -> tuple[float, float]:
    """The slopes far above and far below 0."""
    return function.slope(_FAR), function.slope(-_FAR)


def _asymptotic_across(function: Function, q: float, share: float) -> float:
    above, below = (slope if abs(slope) > 1e-6 else 0.0 for slope in _asymptotes(function))
    if above or below:
        return _leaky_across(above, below, share) * q * share
    # A step: the two inputs fall on different sides of it with probability θ/π.
    step = function.value(_FAR) - function.value(-_FAR)
    return step * step * math.asin(math.sqrt(share / 2)) / math.pi
