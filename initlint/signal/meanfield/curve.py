"""Element-wise functions of one Gaussian value, built op by op: what a forward writes out is as exact as ``nn.GELU``.

A curve is the source (an op id) and an expression over it, a tuple: ``("x",)``, ``("affine", a, b, e)``,
``("activation", name, argument, e)``, ``("power", exponent, e)``, ``("function", name, e)``, ``("add" | "mul" | "div",
e, f)``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from initlint.ir.data import dataclass
from initlint.signal import activations
from initlint.signal.functions import FIXED, LEAKY, SHAPED, TAKES_SLOPE, Function
from initlint.signal.meanfield import rectified
from initlint.signal.quadrature import difference, expectation

Expression = tuple[Any, ...]
X: Expression = ("x",)
LARGEST_DEPTH = 12
_SQUARES = frozenset({("power", 2, X), ("function", "square", X), ("mul", X, X)})


@dataclass(frozen=True, slots=True)
class Curve:
    """``expression`` of the value behind the op ``source``."""

    source: int
    expression: Expression


@dataclass(frozen=True, slots=True)
class Shape:
    """A curve at u ~ N(m, v): E φ², E φ, E φ'², E φ', and how much of the variance of u that differs stays different
    (as in :func:`initlint.signal.activations.across`)."""

    second: float
    mean: float
    slope: float
    mean_slope: float
    across: float
    local: float

    def line(self, a: float, b: float) -> Shape:
        """The same of ``a·φ + b``."""
        second = a * a * self.second + 2 * a * b * self.mean + b * b
        square = a * a
        return Shape(max(second, 0.0), a * self.mean + b, square * self.slope, a * self.mean_slope,
                     square * self.across, square * self.local)  # fmt: skip


def affine(a: float, b: float, inner: Expression) -> Expression:
    """``a·inner + b``."""
    if inner[0] == "affine":
        return ("affine", a * inner[1], a * inner[2] + b, inner[3])
    return inner if (a, b) == (1.0, 0.0) else ("affine", a, b, inner)


def homogeneous(expression: Expression) -> bool:
    """Whether the function of λu is λ times that of u, for λ > 0."""
    match expression:
        case ("x",):
            return True
        case ("affine", _, b, inner):
            return b == 0 and homogeneous(inner)
        case ("activation", name, _, inner):
            return activations.canonical(name) in LEAKY and homogeneous(inner)
        case ("add", one, other):
            return homogeneous(one) and homogeneous(other)
    return False


def depth(expression: Expression) -> int:
    """How deep the expression is nested."""
    return 1 + max((depth(each) for each in expression if isinstance(each, tuple)), default=0)


def computable(expression: Expression) -> bool:
    """Whether every function in it is known and it is of a reasonable size."""
    return depth(expression) <= 2 * LARGEST_DEPTH and _known(expression)


def _known(expression: Expression) -> bool:
    if expression[0] == "activation" and not activations.known(expression[1]):
        return False
    if expression[0] == "function" and expression[1] not in _FUNCTIONS:
        return False
    return all(_known(each) for each in expression if isinstance(each, tuple))


def shape(expression: Expression, mean: float, variance: float, across: float, local: float) -> Shape | None:
    """The moments of the expression at u ~ N(mean, variance), of which ``across`` differs between inputs and ``local``
    between positions; None where they are not finite.

    Exact or by quadrature to 1e-4 where the expression is one activation of a zero-mean value, to 1e-2 elsewhere.
    """
    match expression:
        case ("x",):
            return Shape(variance + mean * mean, mean, 1.0, 1.0, across, local)
        case ("affine", a, b, inner):
            found = shape(inner, mean, variance, across, local)
            return None if found is None else found.line(a, b)
    if expression in _SQUARES:
        return _square(mean, variance, across, local)
    name, argument, scale = _single(expression)
    if name is not None and mean == 0:
        q = variance * scale * scale
        known = activations.moments(name, q, argument)
        differ = [activations.across(name, q, each * scale * scale, argument) for each in (across, local)]
        rise = _mean_slope(expression, 0.0, _rounded(variance))
        return Shape(known.second, known.mean, known.slope * scale * scale, rise, differ[0], differ[1])
    if name is not None and activations.canonical(name) in LEAKY:
        return _rectified(_leak(name, argument), scale, mean, variance, across, local)
    return _quadrature(expression, _rounded(mean), _rounded(variance), _rounded(across), _rounded(local))


def _square(mean: float, variance: float, across: float, local: float) -> Shape:
    """Of u², where the squares of two values of covariance c have the covariance 2c² + 4m²c."""
    square = mean * mean
    differ = [each * (2 * (2 * variance - each) + 4 * square) for each in (across, local)]
    second = square * square + 6 * square * variance + 3 * variance * variance
    return Shape(second, square + variance, 4 * (square + variance), 2 * mean, differ[0], differ[1])


def _rectified(leak: float, scale: float, mean: float, variance: float, across: float, local: float) -> Shape:
    """Of ReLU and its like at any mean, without quadrature over two dimensions."""
    square = scale * scale
    m, v = _rounded(mean * scale), _rounded(variance * square)
    second, middle, slope, rise = rectified.moments(leak, m, v)
    differ = [
        slope * each if each < 1e-6 * v else rectified.difference(leak, m, v, _rounded(min(each, v * 1.999999)))
        for each in (across * square, local * square)
    ]
    return Shape(second, middle, slope * square, rise * scale, differ[0], differ[1])


def _rounded(value: float) -> float:
    return float(f"{value:.5e}")


def _single(expression: Expression) -> tuple[str | None, float | None, float]:
    """The activation that the expression is, with its argument and the factor on its input."""
    if expression[0] != "activation":
        return None, None, 1.0
    inner = expression[3]
    if inner == X:
        return expression[1], expression[2], 1.0
    if inner[0] == "affine" and inner[2] == 0 and inner[3] == X:
        return expression[1], expression[2], inner[1]
    return None, None, 1.0


@lru_cache(maxsize=1 << 14)
def _mean_slope(expression: Expression, mean: float, variance: float) -> float:
    value = compiled(expression)
    try:
        return expectation(lambda u: value(u + mean)[1], kinks(expression, mean), max(variance, 1e-30))
    except (OverflowError, ZeroDivisionError, ValueError):
        return 0.0


@lru_cache(maxsize=1 << 14)
def _quadrature(expression: Expression, mean: float, variance: float, across: float, local: float) -> Shape | None:
    value = compiled(expression)
    if variance <= 0:
        at, rise = value(mean)
        return Shape(at * at, at, rise * rise, rise, 0.0, 0.0)
    bends = kinks(expression, mean)
    try:
        height = _height(expression)
        second = expectation(lambda u: height(u + mean) ** 2, bends, variance)
        middle = expectation(lambda u: height(u + mean), bends, variance)
        slope = expectation(lambda u: value(u + mean)[1] ** 2, bends, variance)
        parted = [_parted(lambda u: height(u + mean), bends, variance, each, slope) for each in (across, local)]
        rise = _mean_slope(expression, mean, variance)
    except (OverflowError, ZeroDivisionError, ValueError):
        return None
    found = Shape(second, middle, slope, rise, parted[0], parted[1])
    return found if all(map(math.isfinite, (second, middle, slope, rise, *parted))) else None


def _parted(
    value: Callable[[float], float], bends: tuple[float, ...], variance: float, across: float, slope: float
) -> float:
    if across <= 0:
        return 0.0
    if across < 1e-6 * variance:
        return slope * across
    return difference(value, bends, variance, min(across, variance * 1.999999))


def kinks(expression: Expression, mean: float) -> tuple[float, ...]:
    """Where the expression bends, as far as it is easily told, relative to the mean."""
    found: set[float] = set()

    def visit(inner: Expression, a: float, b: float) -> None:
        match inner:
            case ("activation", name, argument, ("x",)):
                found.update((kink - b) / a for kink in (0.0, *_function(name, argument).kinks) if a)
            case ("activation", name, argument, ("affine", slope, offset, ("x",))):
                found.update((kink - offset) / slope for kink in (0.0, *_function(name, argument).kinks) if slope)
            case _:
                for each in inner:
                    if isinstance(each, tuple):
                        visit(each, a, b)

    visit(expression, 1.0, 0.0)
    return tuple(sorted(kink - mean for kink in found))


def _function(name: str, argument: float | None) -> Function:
    name = activations.canonical(name)
    if name in SHAPED:
        default, make = SHAPED[name]
        return make(default if argument is None else argument)
    if name in FIXED:
        return FIXED[name]
    if name == "sine":
        return Function(math.sin, math.cos)
    if name == "cosine":
        return Function(math.cos, lambda x: -math.sin(x))
    leak = _leak(name, argument)
    return Function(lambda x: x if x > 0 else leak * x, lambda x: 1.0 if x > 0 else leak, (0.0,))


def _leak(name: str, argument: float | None) -> float:
    name = activations.canonical(name)
    return argument if argument is not None and name in TAKES_SLOPE else LEAKY[name]


Dual = tuple[float, float]


@lru_cache(maxsize=1 << 12)
def compiled(expression: Expression) -> Callable[[float], Dual]:
    """The function, giving value and slope."""
    match expression:
        case ("x",):
            return lambda u: (u, 1.0)
        case ("affine", a, b, inner):
            of = compiled(inner)

            def line(u: float) -> Dual:
                value, slope = of(u)
                return a * value + b, a * slope

            return line
        case ("activation", name, argument, inner):
            return _chained(_function(name, argument), compiled(inner))
        case ("power", exponent, inner):
            return _chained(Function(lambda x: x**exponent, lambda x: exponent * x ** (exponent - 1)), compiled(inner))
        case ("function", name, inner):
            return _chained(_FUNCTIONS[name], compiled(inner))
        case (kind, one, other):
            return _combined(kind, compiled(one), compiled(other))
    raise ValueError(f"no expression: {expression}")


@lru_cache(maxsize=1 << 12)
def _height(expression: Expression) -> Callable[[float], float]:
    """The function without its slope, which integrals over two dimensions ask for thousands of times."""
    if expression[0] == "activation" and expression[3] == X:
        return _function(expression[1], expression[2]).value
    value = compiled(expression)
    return lambda u: value(u)[0]


def _chained(function: Function, of: Callable[[float], Dual]) -> Callable[[float], Dual]:
    value, slope = function.value, function.slope

    def both(u: float) -> Dual:
        inner, rise = of(u)
        return value(inner), slope(inner) * rise

    return both


def _combined(kind: str, one: Callable[[float], Dual], other: Callable[[float], Dual]) -> Callable[[float], Dual]:
    def both(u: float) -> Dual:
        (a, da), (b, db) = one(u), other(u)
        if kind == "add":
            return a + b, da + db
        if kind == "mul":
            return a * b, a * db + b * da
        return a / b, (da - a / b * db) / b

    return both


_FUNCTIONS: dict[str, Function] = {
    "exp": Function(math.exp, math.exp),
    "expm1": Function(math.expm1, math.exp),
    "abs": Function(abs, lambda x: math.copysign(1.0, x), (0.0,)),
    "square": Function(lambda x: x * x, lambda x: 2 * x),
    "sin": Function(math.sin, math.cos),
    "cos": Function(math.cos, lambda x: -math.sin(x)),
    "atan": Function(math.atan, lambda x: 1 / (1 + x * x)),
    "arctan": Function(math.atan, lambda x: 1 / (1 + x * x)),
    "erf": Function(math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
    "sinh": Function(math.sinh, math.cosh),
    "cosh": Function(math.cosh, math.sinh),
    "log1p": Function(math.log1p, lambda x: 1 / (1 + x)),
    "neg": Function(lambda x: -x, lambda x: -1.0),
    "round": Function(lambda x: float(round(x)), lambda x: 0.0),
    "sign": Function(lambda x: math.copysign(1.0, x), lambda x: 0.0, (0.0,)),
}  # fmt: skip
