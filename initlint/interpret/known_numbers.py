"""Tensors whose numbers are known: constructors compute sizes with them, ``torch.round(torch.arange(depth) * slope)``.

Only vectors and single numbers, as whole numbers or in single precision, which torch computes in by default. What a
tensor holds is known until something is written to it.
"""

from __future__ import annotations

import math
import operator
import struct
from collections.abc import Callable, Sequence
from typing import Any

from initlint.interpret.machine import Machine
from initlint.interpret.torch_init import make_tensor
from initlint.interpret.values import External, ListValue, Tensor, Value
from initlint.ir.data import dataclass
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place

_KEY = "numbers"
_MOST = 4096
_WHOLE = {"torch.int", "torch.int32", "torch.int64", "torch.long"}
_SINGLE = {"torch.float", "torch.float32"}
_NO_DTYPE = (None, "")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The elements of a tensor; ``whole`` where its type is one of whole numbers, ``single`` where it has no axis."""

    elements: tuple[float, ...]
    whole: bool
    single: bool = False


def held(value: Value) -> Numbers | None:
    """The numbers in a tensor, or a plain number as one."""
    if isinstance(value, Tensor):
        found = value.data.get(_KEY)
        fresh = isinstance(found, tuple) and value.base is None and found[1] is value.data.get("history")
        return found[0] if fresh and isinstance(found, tuple) else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Numbers((value,), isinstance(value, int), True)
    return None


def keep(tensor: Value, numbers: Numbers | None) -> Value:
    """The tensor, which was just made and holds these numbers."""
    if isinstance(tensor, Tensor):
        tensor.data.pop(_KEY, None)
        if numbers is not None and len(numbers.elements) <= _MOST:
            tensor.data[_KEY] = (numbers, tensor.data.get("history"))
            tensor.data["shape"] = () if numbers.single else (len(numbers.elements),)
    return tensor


def tensor(machine: Machine, numbers: Numbers, place: Place) -> Value:
    """A new tensor that holds the numbers."""
    shape = () if numbers.single else (len(numbers.elements),)
    initializer = Initializer("numbers", "loaded")
    if len(set(numbers.elements)) == 1:
        initializer = Initializer("numbers", "constant", numbers.elements[0], 0)
    return keep(make_tensor(machine, shape, initializer, place), numbers)


def made(path: str, positional: Sequence[Value], keywords: dict[str, Value]) -> Numbers | None:
    """What ``torch.arange`` and ``torch.tensor`` of known numbers hold."""
    whole = _is_whole(keywords.get("dtype"))
    if whole is None and keywords.get("dtype") not in _NO_DTYPE:
        return None
    given: list[Any] = [value for value in positional if type(value) in {int, float}]
    if path == "torch.arange" and given and len(given) == len(positional):
        start, stop, step = (0, given[0], 1) if len(given) == 1 else (*given, 1)[:3]
        try:
            count = math.ceil((stop - start) / step) if step else 0
        except (OverflowError, ValueError):  # without end, or beyond what a float holds
            return None
        if not 0 < count <= _MOST:
            return None
        return _converted([start + step * i for i in range(count)], whole)
    if path == "torch.tensor" and len(positional) == 1:
        first = positional[0]
        items: Any = first.items if isinstance(first, ListValue) else first
        if type(items) in {int, float}:
            return _converted([items], whole, single=True)
        if isinstance(items, tuple) and items and all(type(item) in {int, float} for item in items):
            return _converted(list(items), whole)
    return None


def _is_whole(dtype: Value) -> bool | None:
    path = dtype.path if isinstance(dtype, External) else ""
    return True if path in _WHOLE else False if path in _SINGLE else None


def _converted(numbers: list[float], whole: bool | None, single: bool = False) -> Numbers | None:
    if whole is None:
        whole = all(isinstance(number, int) for number in numbers)
    try:
        return Numbers(tuple(int(n) if whole else _rounded(n) for n in numbers), whole, single)
    except (OverflowError, ValueError):
        return None


def _rounded(number: float) -> float:
    """In single precision."""
    return float(struct.unpack("f", struct.pack("f", number))[0])


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow,
}  # fmt: skip
_FUNCTIONS = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "divide": "/", "floor_divide": "//", "pow": "**",
}  # fmt: skip
_ELEMENTWISE: dict[str, Callable[[float], float]] = {
    "log": math.log, "log2": math.log2, "exp": math.exp, "sqrt": math.sqrt, "round": round, "floor": math.floor,
    "ceil": math.ceil, "abs": abs, "neg": operator.neg,
}  # fmt: skip
_KEEP_WHOLE = {"round", "floor", "ceil", "abs", "neg"}
_OVER_ALL: dict[str, Callable[[tuple[float, ...]], float]] = {"max": max, "min": min, "sum": sum}
_TYPES = {"int": True, "long": True, "float": False}


def arithmetic(op: str, left: Value, right: Value) -> Numbers | None:
    """``left op right``; None where it is not known."""
    a, b = held(left), held(right)
    if a is None or b is None or op not in _BINARY or not (a.single or b.single or len(a.elements) == len(b.elements)):
        return None
    whole = a.whole and b.whole and op != "/"
    size = max(len(a.elements), len(b.elements))
    lefts, rights = (n.elements * size if n.single else n.elements for n in (a, b))
    if not whole:
        lefts, rights = (tuple(map(_rounded, numbers)) for numbers in (lefts, rights))
    try:
        found = [_BINARY[op](x, y) for x, y in zip(lefts, rights)]
        return _converted(found, whole, a.single and b.single)
    except (ArithmeticError, ValueError, TypeError):
        return None


def function(name: str, positional: Sequence[Value], keywords: dict[str, Value]) -> Numbers | None:
    """``torch.name(...)``, or the method of that name on the first argument; None where it is not known."""
    first = held(positional[0]) if positional else None
    if name in _FUNCTIONS and len(positional) == 2 and not keywords:
        return arithmetic(_FUNCTIONS[name], *positional)
    if first is not None and name == "flip" and list(positional[1:]) == [0] and not first.single:
        return Numbers(first.elements[::-1], first.whole)
    if first is None or keywords or len(positional) != 1:
        return None
    try:
        if name in _ELEMENTWISE:
            whole = first.whole and name in _KEEP_WHOLE
            return _converted([_ELEMENTWISE[name](n) for n in first.elements], whole, first.single)
        if name in _OVER_ALL:
            return _converted([_OVER_ALL[name](first.elements)], first.whole, True)
    except (ArithmeticError, ValueError):
        return None
    if name in _TYPES:
        return _converted(list(first.elements), _TYPES[name], first.single)
    if name == "diff" and len(first.elements) > 1:
        return _converted([b - a for a, b in zip(first.elements, first.elements[1:])], first.whole)
    if name in {"clone", "cpu", "detach", "contiguous"}:
        return first
    return Numbers(tuple(sorted(set(first.elements))), first.whole) if name == "unique" else None


def counted(name: str, positional: Sequence[Value], keywords: dict[str, Value]) -> tuple[Numbers, Numbers] | None:
    """``torch.unique(tensor, return_counts=True)``: the numbers in order, and how often each is there."""
    first = held(positional[0]) if len(positional) == 1 else None
    if first is None or name != "unique" or keywords != {"return_counts": True}:
        return None
    elements = tuple(sorted(set(first.elements)))
    return Numbers(elements, first.whole), Numbers(tuple(map(first.elements.count, elements)), True)


def plain(name: str, tensor: Tensor) -> Value:
    """What ``tolist`` and ``item`` give; None where it is not known."""
    numbers = held(tensor)
    if numbers is None or name not in {"tolist", "item"} or (name == "item" and len(numbers.elements) != 1):
        return None
    return numbers.elements[0] if name == "item" or numbers.single else ListValue(numbers.elements)
