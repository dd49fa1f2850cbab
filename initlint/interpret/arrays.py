"""numpy's functions that make vectors of known numbers, as constructors use them: rates that grow with depth, an order.

A vector is a list of the kind ``array``; arithmetic on it goes element by element.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from initlint.interpret.values import ARRAY, MISSING, ListValue, Value

_MOST = 4096


def function(name: str, positional: Sequence[Value], keywords: dict[str, Value]) -> Value:
    """``numpy.name(...)``; MISSING where it is none of these functions, or a number is not known."""
    if keywords.keys() - {"axis"} or keywords.get("axis") not in (None, 0, -1):
        return MISSING
    if name == "linspace" and len(positional) == 3:
        return _linspace(*positional)
    numbers = _numbers(positional[0]) if len(positional) == 1 else None
    if numbers is None:
        return MISSING
    match name:
        case "array" | "asarray":
            return _array(numbers)
        case "sort":
            return _array(sorted(numbers))
        case "argsort":
            return _array([place for _, place in sorted((number, place) for place, number in enumerate(numbers))])
        case "cumsum":
            return _array(list(accumulate(numbers)))
    return MISSING


def _linspace(start: Value, stop: Value, count: Value) -> Value:
    ends = [float(end) for end in (start, stop) if type(end) in {int, float}]  # type: ignore[arg-type]
    if len(ends) < 2 or type(count) is not int or not 0 < count <= _MOST or not all(map(math.isfinite, ends)):
        return MISSING
    step = (ends[1] - ends[0]) / max(1, count - 1)
    inner = [ends[0] + step * number for number in range(count)]
    return _array([*inner[:-1], ends[1]] if count > 1 else inner)


def _numbers(value: Value) -> list[float] | None:
    if isinstance(value, ListValue) and "length" in value.data:
        return None
    items = value.items if isinstance(value, ListValue) else value
    if not isinstance(items, tuple) or not items or len(items) > _MOST:
        return None
    numbers = [item for item in items if type(item) in {int, float} and item == item]
    return numbers if len(numbers) == len(items) else None


def _array(numbers: Sequence[float]) -> ListValue:
    return ListValue(tuple(numbers), ARRAY)
