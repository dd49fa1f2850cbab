"""Arithmetic on sizes and scales that may be symbols or Unknown: total, and Unknown wherever an operand is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Union

from initlint.ir import dim
from initlint.ir.dim import Dim, Scalar
from initlint.ir.unknown import Unknown

Number = Union[Scalar, Unknown]


def _known(value: Scalar | None, what: str) -> Number:
    return Unknown(f"{what} has no exact value") if value is None else value


def add(a: Number, b: Number) -> Number:
    """``a + b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    return _known(dim.add(a, b), "a sum")


def subtract(a: Number, b: Number) -> Number:
    """``a - b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    return _known(dim.subtract(a, b), "a difference")


def multiply(a: Number, b: Number) -> Number:
    """``a · b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    return dim.multiply(a, b)


def divide(a: Number, b: Number) -> Number:
    """``a / b``; Unknown for a division by zero."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    if not isinstance(a, Dim) and not isinstance(b, Dim) and b != 0:
        return a / b
    return _known(dim.divide(a, b), "a quotient")


def floor_divide(a: Number, b: Number) -> Number:
    """``a // b``; Unknown for a division by zero."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    return _known(dim.floor_divide(a, b), "a quotient")


def power(a: Number, b: Number) -> Number:
    """``a ** b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else b
    return _known(dim.power(a, b), "a power")


def sqrt(a: Number) -> Number:
    """The square root; Unknown for a negative number."""
    if isinstance(a, (int, float)):
        return math.sqrt(a) if a >= 0 else Unknown("the square root of a negative number")
    return power(a, 0.5)


def negative(a: Number) -> Number:
    """``-a``."""
    return multiply(-1, a)


def absolute(a: Number) -> Number:
    """``|a|``; symbols are positive."""
    if isinstance(a, Unknown):
        return a
    if isinstance(a, Dim):
        return Dim(abs(a.coefficient), a.powers)
    return abs(a)


def product(values: Iterable[Number]) -> Number:
    """The product of all values; 1 if there are none."""
    total: Number = 1
    for value in values:
        total = multiply(total, value)
    return total


def less(a: Number, b: Number) -> bool | Unknown:
    """``a < b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else Unknown("a comparison with an unknown value")
    decided = dim.less(a, b)
    return Unknown("which of two symbolic sizes is larger") if decided is None else decided


def equal(a: Number, b: Number) -> bool | Unknown:
    """``a == b``."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return a if isinstance(a, Unknown) else Unknown("a comparison with an unknown value")
    decided = dim.equal(a, b)
    return Unknown("whether two symbolic sizes are equal") if decided is None else decided


def maximum(a: Number, b: Number) -> Number:
    """The larger one; Unknown where that is not decided."""
    if a == b:
        return a
    decided = less(a, b)
    if isinstance(decided, Unknown):
        return decided
    return b if decided else a
