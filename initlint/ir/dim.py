"""Sizes and scales: numbers, or monomials of symbols such as ``4·hidden`` and ``hidden^-1/2``.

A fan, a standard deviation or a gain often depends on a constructor argument without a default. As monomials they
still cancel: ``fan_in · Var(W)`` is exact for any width. A sum of unlike monomials becomes a symbol of its own, named
by its canonical text, so that equal sums are equal symbols.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Union

from initlint.ir.data import dataclass

_LARGEST_SHIFT = 64
_LONGEST_NAME = 60
_LARGEST = 1e30
_LARGEST_EXPONENT = 1_000
_BEYOND = float("nan")  # stands for what no float can hold: no comparison with it is true


@dataclass(frozen=True, slots=True)
class Dim:
    """``coefficient · Π symbol^power``; every symbol stands for a positive number of unknown size."""

    coefficient: float
    powers: tuple[tuple[str, Fraction], ...]

    def __str__(self) -> str:
        factors = [name if power == 1 else f"{name}^{power}" for name, power in self.powers]
        head = [] if self.coefficient == 1 else [format_number(self.coefficient)]
        return "·".join(head + factors)


Scalar = Union[int, float, Dim]


def symbol(name: str) -> Dim:
    """The symbol of that name."""
    return Dim(1, ((name, Fraction(1)),))


def renamed(value: Scalar, name: Callable[[str], str]) -> Scalar:
    """The same number of other symbols: each is called what ``name`` gives for it."""
    if not isinstance(value, Dim):
        return value
    powers: dict[str, Fraction] = {}
    for old, exponent in value.powers:
        new = name(old)
        powers[new] = powers.get(new, Fraction(0)) + exponent
    return _make(value.coefficient, powers)


def usable(number: float) -> bool:
    """Whether sizes and scales may be reckoned with the number: it is finite, and so near to 1 that products and
    powers of a few such numbers are finite, too."""
    return number == 0 or 1 / _LARGEST <= abs(number) <= _LARGEST


def format_number(value: float) -> str:
    """``value`` without a trailing ``.0``, at most four significant digits where it is no integer."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return "?" if isinstance(value, int) and value.bit_length() > 1_000 else f"{value:.4g}"


def _parts(value: Scalar) -> tuple[float, tuple[tuple[str, Fraction], ...]]:
    return (value.coefficient, value.powers) if isinstance(value, Dim) else (value, ())


def _make(coefficient: float, powers: dict[str, Fraction]) -> Scalar:
    left = tuple(sorted((name, power) for name, power in powers.items() if power))
    return Dim(coefficient, left) if left and coefficient else coefficient


def multiply(a: Scalar, b: Scalar) -> Scalar:
    """The product."""
    if not isinstance(a, Dim) and not isinstance(b, Dim):
        return _times(a, b)
    (x, left), (y, right) = _parts(a), _parts(b)
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, Fraction(0)) + power
    return _make(_times(x, y), powers)


def _times(x: float, y: float) -> float:
    try:
        product = x * y
    except OverflowError:
        return _BEYOND
    return _BEYOND if isinstance(product, int) and product.bit_length() > 1_000 else product


def divide(a: Scalar, b: Scalar) -> Scalar | None:
    """The quotient; None for a division by zero."""
    coefficient, powers = _parts(b)
    if coefficient == 0:
        return None
    return multiply(a, _make(1 / coefficient, {name: -power for name, power in powers}))


def floor_divide(a: Scalar, b: Scalar) -> Scalar | None:
    """``a // b``: exact for numbers; of symbols, assumed to divide evenly (as head counts and groups do)."""
    if not isinstance(a, Dim) and not isinstance(b, Dim):
        return a // b if b else None
    if a == b:
        return 1
    quotient = divide(a, b)
    return _as_int(quotient) if quotient is not None else None


def _as_int(value: Scalar) -> Scalar:
    coefficient, powers = _parts(value)
    return _make(_whole(coefficient), dict(powers))


def power(a: Scalar, exponent: Scalar) -> Scalar | None:
    """``a ** exponent``; None where it has no real value, or the exponent is a symbol and the base no whole number
    above 1."""
    if isinstance(exponent, Dim):
        return _exponential(a, exponent)
    coefficient, powers = _parts(a)
    if not abs(exponent) <= _LARGEST_EXPONENT:
        return None
    try:
        raised = coefficient**exponent
    except (OverflowError, ZeroDivisionError):
        return None
    if isinstance(raised, complex):
        return None
    scale = Fraction(exponent).limit_denominator(64)
    return _make(raised, {name: p * scale for name, p in powers})


def _exponential(base: Scalar, exponent: Dim) -> Scalar | None:
    """``2 ** (n - 1)`` as half of the symbol ``2**n``."""
    terms = _terms(exponent)
    shift = next((term for term in terms if not isinstance(term, Dim)), 0)
    rest = subtract(exponent, shift)
    grows = all(isinstance(term, Dim) and term.coefficient > 0 for term in _terms(rest or 0))
    if not isinstance(base, int) or base < 2 or not isinstance(shift, int) or abs(shift) > _LARGEST_SHIFT or not grows:
        return None
    plain = isinstance(rest, Dim) and rest == symbol(rest.powers[0][0])
    name = f"{base}**{rest}" if plain else f"{base}**({rest})"
    return multiply(base**shift, symbol(name)) if len(name) <= _LONGEST_NAME else None


def add(a: Scalar, b: Scalar) -> Scalar | None:
    """The sum; None where its name as a symbol would grow beyond reading."""
    if not isinstance(a, Dim) and not isinstance(b, Dim):
        return a + b
    (x, left), (y, right) = _parts(a), _parts(b)
    if left == right:
        return _make(_whole(x + y), dict(left))
    if x == 0 or y == 0:
        return b if x == 0 else a
    return _sum_symbol(_terms(a) + _terms(b))


def subtract(a: Scalar, b: Scalar) -> Scalar | None:
    """The difference, as :func:`add`."""
    return add(a, multiply(-1, b))


def _whole(value: float) -> float:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _terms(value: Scalar) -> list[Scalar]:
    """The summands of a value that may be a sum symbol made by :func:`_sum_symbol`."""
    if isinstance(value, Dim) and len(value.powers) == 1:
        name, exponent = value.powers[0]
        if exponent == 1 and name in _SUMS:
            return [multiply(value.coefficient, term) for term in _SUMS[name]]
    return [value]


_SUMS: dict[str, tuple[Scalar, ...]] = {}


def _sum_symbol(terms: list[Scalar]) -> Scalar | None:
    collected: dict[tuple[tuple[str, Fraction], ...], float] = {}
    for term in terms:
        coefficient, powers = _parts(term)
        collected[powers] = _whole(collected.get(powers, 0) + coefficient)
    left = [_make(c, dict(p)) for p, c in sorted(collected.items(), key=lambda item: (not item[0], str(item[0]))) if c]
    if len(left) <= 1:
        return left[0] if left else 0
    name = "(" + " + ".join(str(term) if isinstance(term, Dim) else format_number(term) for term in left) + ")"
    if len(name) > _LONGEST_NAME:
        return None
    _SUMS[name] = tuple(left)
    return symbol(name)


def less(a: Scalar, b: Scalar) -> bool | None:
    """Whether ``a < b``, symbols being integers of at least 2; None where that is not decided."""
    if not isinstance(a, Dim) and not isinstance(b, Dim):
        return a < b
    difference = subtract(b, a)
    if difference is None:
        return None
    if not isinstance(difference, Dim):
        return difference > 0
    terms = [_parts(term) for term in _terms(difference)]
    if any(exponent < 0 or exponent.denominator != 1 for _, powers in terms for _, exponent in powers):
        return None
    # Each symbol is at least 2 (a width, a depth, the length of a loop that runs twice), so a sum whose symbolic terms
    # are positive is at least its value there.
    symbolic = [coefficient for coefficient, powers in terms if powers]
    at_two = sum(coefficient * 2 ** sum(int(exponent) for _, exponent in powers) for coefficient, powers in terms)
    if all(c > 0 for c in symbolic) and at_two > 0:
        return True
    if all(c < 0 for c in symbolic) and at_two <= 0:
        return False
    return None


def equal(a: Scalar, b: Scalar) -> bool | None:
    """Whether ``a == b``; None where that is not decided."""
    if a == b:
        return True
    if not isinstance(a, Dim) and not isinstance(b, Dim):
        return False
    if less(a, b) or less(b, a):
        return False
    return None
