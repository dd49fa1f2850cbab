"""Distributions with their exact per-element mean and standard deviation."""

from __future__ import annotations

import math

from initlint.catalog.arithmetic import Number, absolute, add, divide, multiply, sqrt, subtract
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

Shape = tuple[Number, ...]
DEFAULT_CALL = "PyTorch's default"


def constant(call: str, value: Number, scheme: str = "") -> Initializer:
    """Every element is ``value``."""
    return Initializer(call, "constant", value, 0, scheme)


def normal(call: str, mean: Number, std: Number, scheme: str = "") -> Initializer:
    """N(mean, std²)."""
    return Initializer(call, "normal", mean, std, scheme)


def uniform(call: str, low: Number, high: Number, scheme: str = "") -> Initializer:
    """U(low, high): mean (low + high)/2, standard deviation (high − low)/√12."""
    mean = divide(add(low, high), 2)
    std = divide(subtract(high, low), math.sqrt(12))
    return Initializer(call, "uniform", mean, std, scheme)


def symmetric_uniform(call: str, std: Number, scheme: str = "") -> Initializer:
    """The uniform distribution of mean 0 and that standard deviation: U(−√3·std, √3·std)."""
    return Initializer(call, "uniform", 0, std, scheme)


def truncated_normal(call: str, mean: Number, std: Number, low: Number, high: Number) -> Initializer:
    """N(mean, std²) conditioned on [low, high]."""
    alpha, beta = divide(subtract(low, mean), std), divide(subtract(high, mean), std)
    shift, scale = _truncation(alpha, beta)
    return Initializer(
        call, "truncated_normal", add(mean, multiply(std, shift)) if shift != 0 else mean, multiply(std, scale)
    )


def _truncation(alpha: Number, beta: Number) -> tuple[Number, Number]:
    """Mean and standard deviation of N(0, 1) conditioned on [alpha, beta].

    Bounds that grow with a symbol (a fixed ±2 of a standard deviation hidden^-1/2) count as far away, which is
    exact to four digits from a width of 16 on.
    """
    if isinstance(alpha, Unknown) or isinstance(beta, Unknown):
        unknown = alpha if isinstance(alpha, Unknown) else beta
        return unknown, unknown
    a = -math.inf if isinstance(alpha, Dim) and _far(alpha, -1) else alpha
    b = math.inf if isinstance(beta, Dim) and _far(beta, 1) else beta
    if isinstance(a, Dim) or isinstance(b, Dim):
        unknown = Unknown("a truncation at a symbolic distance")
        return unknown, unknown
    return truncated_moments(a, b)


def _far(bound: Dim, sign: int) -> bool:
    return bound.coefficient * sign >= 1 and all(exponent > 0 for _, exponent in bound.powers)


def truncated_moments(alpha: float, beta: float) -> tuple[Number, Number]:
    """Mean and standard deviation of N(0, 1) conditioned on [alpha, beta]; Unknown where alpha ≥ beta.

    Johnson, Kotz and Balakrishnan (1994), Continuous Univariate Distributions 1, section 10.1.
    """
    if alpha >= beta:
        empty = Unknown("an empty truncation interval")
        return empty, empty
    if alpha > 0:  # mirrored, so that the tail is computed where erfc keeps its digits
        mean, std = truncated_moments(-beta, -alpha)
        return multiply(-1, mean), std
    mass = (math.erfc(-beta / math.sqrt(2)) - math.erfc(-alpha / math.sqrt(2))) / 2
    if mass < 1e-12:
        tail = Unknown("a truncation interval in the far tail")
        return tail, tail
    low, high = _density(alpha), _density(beta)
    mean = (low - high) / mass
    moment = (low * alpha if low else 0.0) - (high * beta if high else 0.0)
    return mean, math.sqrt(max(1 + moment / mass - mean * mean, 0.0))


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def bernoulli(call: str, family: str, share: Number, value: Number = 1) -> Initializer:
    """Elements that are ``value`` with probability ``share`` and 0 otherwise (an identity matrix, a Dirac kernel)."""
    spread = sqrt(multiply(share, subtract(1, share)))
    return Initializer(call, family, multiply(share, value), multiply(absolute(value), spread))


def fans(shape: Shape) -> tuple[Number, Number]:
    """fan_in and fan_out of a weight of at least two dimensions, as torch.nn.init computes them: shape[1] and
    shape[0] times the receptive field."""
    field: Number = 1
    for size in shape[2:]:
        field = multiply(field, size)
    return multiply(shape[1], field), multiply(shape[0], field)


def unknown(call: str, why: str) -> Initializer:
    """A distribution that is not known."""
    return Initializer(call, "unknown", Unknown(why), Unknown(why))
