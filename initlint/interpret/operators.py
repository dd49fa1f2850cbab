"""Arithmetic and comparison on abstract values."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeGuard

from initlint.interpret.values import (
    ARRAY,
    MISSING,
    Argument,
    Bound,
    ClassValue,
    DictValue,
    Either,
    External,
    FunctionValue,
    ListValue,
    Maybe,
    NamespaceValue,
    Obj,
    PartialValue,
    Range,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import dim
from initlint.ir.dim import Dim, Scalar
from initlint.ir.unknown import Unknown

_PLAIN = frozenset({int, float, complex, str, bytes, bool, type(None)})
_WIDE = re.compile(r"\d{5}")
_WIDTH = re.compile(r"(?:in|out|input|output)_(?:channels|features|planes|chans|chs|dim|size)(?:\[-?\d+\])?")
_WHOLES = (tuple, ListValue, DictValue)  # what no string or number is equal to
_SETS = frozenset({"|", "&", "-", "^"})
LARGEST = 10_000  # the longest string, list or tuple (in bits: number) that a program may build

_SYMBOLIC: dict[str, Callable[[Scalar, Scalar], Scalar | None]] = {
    "+": dim.add, "-": dim.subtract, "*": dim.multiply, "/": dim.divide, "//": dim.floor_divide, "**": dim.power,
}  # fmt: skip
_CONCRETE: dict[str, Callable[[object, object], object]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "<<": operator.lshift, ">>": operator.rshift,
}  # fmt: skip
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def is_plain(value: object) -> bool:
    """Whether the value is a Python number, string, boolean, None, or a tuple of such."""
    if type(value) in _PLAIN:
        return True
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return isinstance(value, (int, float, complex, str, bytes))  # what derives from them


def as_scalar(value: Value) -> Scalar | None:
    """The value as a number or symbol; None where it is neither, or a number beyond reckoning."""
    if isinstance(value, Dim):
        return value
    if isinstance(value, (bool, int, float)):
        return value if dim.usable(value) else None
    if isinstance(value, Argument):
        return dim.symbol(value.name)
    return None


def binary(op: str, left: Value, right: Value) -> Value:
    """``left op right`` for values other than tensors."""
    if isinstance(left, Either) or isinstance(right, Either):
        return _over_options(op, left, right)
    if is_plain(left) and is_plain(right):
        return _plain(op, left, right)
    if _is_array(left) or _is_array(right):
        return _of_arrays(op, left, right)
    if op in _SETS and isinstance(left, ListValue) and isinstance(right, ListValue):
        return _set_operation(op, left, right)
    if op == "|" and isinstance(left, DictValue) and isinstance(right, DictValue):
        return DictValue({**left.data, **right.data}, left.open or right.open)
    if op in {"+", "*"}:
        joined = _sequences(op, left, right)
        if joined is not None:
            return joined
    x, y = as_scalar(left), as_scalar(right)
    if x is not None and y is not None and op in _SYMBOLIC:
        result = _SYMBOLIC[op](x, y)
        return result if result is not None else Unknown(f"no closed form of {x} {op} {y}")
    if isinstance(left, Unknown):
        return left
    return right if isinstance(right, Unknown) else Unknown(f"operator {op} on values that are not numbers")


def _is_array(value: Value) -> bool:
    return isinstance(value, ListValue) and value.kind == ARRAY


def _of_arrays(op: str, left: Value, right: Value) -> Value:
    """Element by element, where both are vectors of one length, or one is a number."""
    first, second = (value.items if isinstance(value, ListValue) else value for value in (left, right))
    size = max(len(items) for items in (first, second) if isinstance(items, tuple))
    pair = [items if isinstance(items, tuple) else (items,) * size for items in (first, second)]
    if any(len(items) != size for items in pair):
        return Unknown("arrays of different lengths")
    found = tuple(binary(op, a, b) for a, b in zip(*pair))
    return ListValue(found, ARRAY) if all(map(is_plain, found)) else Unknown("an array that is not known")


def _set_operation(op: str, left: ListValue, right: ListValue) -> Value:
    """``|``, ``&``, ``-`` or ``^`` of sets whose elements are all known."""
    if any("length" in each.data or not all(map(_distinguishable, each.items)) for each in (left, right)):
        return Unknown("a set that is not known")
    first, second = left.items, right.items
    only = tuple(item for item in first if not any(same(item, other) for other in second))
    both = tuple(item for item in first if item not in only)
    others = tuple(item for item in second if not any(same(item, mine) for mine in first))
    parts = {"|": first + others, "&": both, "-": only, "^": only + others}
    return ListValue(distinct(parts[op]), "set")


def _distinguishable(value: Value) -> bool:
    return is_plain(value) or isinstance(value, (External, ClassValue, FunctionValue, Obj))


def pads_widely(template: object) -> bool:
    """Whether a format asks for a width of five digits or more."""
    return isinstance(template, str) and _WIDE.search(template) is not None


def _sequences(op: str, left: Value, right: Value) -> Value | None:
    """A list or tuple joined to another, or repeated; None where the operands are something else."""
    first, second = (v.items if isinstance(v, ListValue) else v for v in (left, right))
    if op == "+" and type(left) is type(right) and isinstance(first, tuple) and isinstance(second, tuple):
        items = first + second if len(first) + len(second) <= LARGEST else None
    elif isinstance(first, tuple) and isinstance(second, int):
        items = first * max(second, 0) if len(first) * second <= LARGEST and second <= LARGEST else None
    elif isinstance(second, tuple) and isinstance(first, int):
        items = second * max(first, 0) if len(second) * first <= LARGEST and first <= LARGEST else None
    else:
        return None
    if items is None:
        return Unknown("a very long list")
    return ListValue(items) if isinstance(left, ListValue) or isinstance(right, ListValue) else items


def _plain(op: str, left: object, right: object) -> Value:
    if type(left) is float and type(right) is float and op in {"+", "-", "*"}:
        return _CONCRETE[op](left, right)
    if op == "**" and isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > LARGEST:
        return Unknown("a very large power")
    if op == "<<" or any(isinstance(value, (str, bytes, tuple)) for value in (left, right)):
        sizes = [v if isinstance(v, int) else len(v) for v in (left, right) if isinstance(v, (int, str, bytes, tuple))]
        if op == "%" and pads_widely(left):
            return Unknown("a very long text")
        if op in {"*", "+", "<<"} and any(size > LARGEST for size in sizes):
            return Unknown("a very large value")
    try:
        result = _CONCRETE[op](left, right)
        return result if not isinstance(result, int) or result.bit_length() <= LARGEST else Unknown("a huge number")
    except (ArithmeticError, TypeError, ValueError, KeyError, MemoryError):
        return Unknown(f"operator {op} fails on these values")


def _over_options(op: str, left: Value, right: Value) -> Value:
    lefts = left.options if isinstance(left, Either) else (left,)
    rights = right.options if isinstance(right, Either) else (right,)
    if len(lefts) * len(rights) > 4:
        return Unknown("too many alternatives")
    results = [binary(op, a, b) for a in lefts for b in rights]
    return results[0] if all(same(result, results[0]) for result in results) else Either(tuple(results))


def same(a: Value, b: Value) -> bool:
    """Whether two values are the same: identical, or equal plain values of one type."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, (int, float, str, bytes, complex, Dim, External, Argument, NamespaceValue, Range, Unknown)):
        return bool(a == b)
    return False


def in_common(versions: Sequence[tuple[Value, ...]], most: int) -> int:
    """How many items, ``most`` at most, all of the tuples begin with."""
    first = versions[0]
    differs = (n for n in range(most) if not all(same(version[n], first[n]) for version in versions[1:]))
    return next(differs, most)


def distinct(items: tuple[Value, ...]) -> tuple[Value, ...]:
    """The items of a set, each once."""
    found: list[Value] = []
    for item in items:
        if not any(same(item, seen) for seen in found):
            found.append(item)
    return tuple(found)


def truth(value: Value) -> bool | None:
    """The truth value; None where it is not decided."""
    if value is True or value is False:
        return value
    if isinstance(value, (Unknown, Argument)) or value is MISSING:
        return None
    if is_plain(value):
        return bool(value)
    if isinstance(value, Dim):
        return dim.less(0, value) or None  # what sizes were reckoned to
    if isinstance(value, tuple):
        return bool(value)
    if isinstance(value, (ListValue, Walk)):
        if any(not isinstance(item, Maybe) for item in value.items):
            return True
        return None if value.items or (isinstance(value, ListValue) and "length" in value.data) else False
    if isinstance(value, DictValue):
        return True if value.data else (None if value.open else False)
    if isinstance(value, Either):
        decided = {truth(option) for option in value.options}
        return decided.pop() if len(decided) == 1 else None
    if isinstance(value, Tensor):
        return None
    if isinstance(value, (Obj, FunctionValue, ClassValue, Bound, PartialValue, External, NamespaceValue)):
        return True
    return None


def compare(op: str, left: Value, right: Value, loop_symbols: set[str]) -> bool | None:
    """``left op right``; None where it is not decided. ``loop_symbols`` are the lengths of loops of which the first and
    the last pass are being run, so that they are at least 2."""
    if isinstance(left, Either) or isinstance(right, Either):
        lefts = left.options if isinstance(left, Either) else (left,)
        rights = right.options if isinstance(right, Either) else (right,)
        results = {compare(op, a, b, loop_symbols) for a in lefts for b in rights}
        return results.pop() if len(results) == 1 else None
    if op in {"is not", "!=", "not in"}:
        positive = compare({"is not": "is", "!=": "==", "not in": "in"}[op], left, right, loop_symbols)
        return None if positive is None else not positive
    if op == "in":
        return _contains(left, right, loop_symbols)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if op == "==" and _is_whole(left) and _is_whole(right):
        return _equal(left.items, right.items)
    if op in {"is", "=="}:
        return _equal(left, right)
    if is_plain(left) and is_plain(right):
        try:
            return bool(_ORDER[op](left, right))
        except TypeError:
            return None
    return _ordered(op, left, right, loop_symbols)


def _is_width(value: Value) -> bool:
    """Whether an argument's name says that it is how many channels or features come in or go out: at least one. A class
    that takes another number for one to be told later is read as with one that is told."""
    return isinstance(value, Argument) and _WIDTH.fullmatch(value.name) is not None


def _is_whole(value: Value) -> TypeGuard[ListValue]:
    """Whether a value is a list all of whose items are known to be there."""
    return (
        isinstance(value, ListValue)
        and value.kind != ARRAY
        and len(value.data) == 1
        and not any(isinstance(i, Maybe) for i in value.items)
    )


def _equal(left: Value, right: Value) -> bool | None:
    if is_plain(left) and is_plain(right):
        return bool(left == right)
    if isinstance(left, Argument) or isinstance(right, Argument):
        below = any(isinstance(n, int) and n <= 0 and _is_width(other) for n, other in ((left, right), (right, left)))
        return True if left == right else (False if below else None)
    x, y = as_scalar(left), as_scalar(right)
    if x is not None and y is not None:
        return dim.equal(x, y)
    if left is None or right is None:
        return None if MISSING in (left, right) else False
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return False
        results = [_equal(a, b) for a, b in zip(left, right)]
        return False if False in results else (None if None in results else True)
    if {type(left), type(right)} & {str, int, bool} and isinstance(left, _WHOLES) != isinstance(right, _WHOLES):
        return False
    if isinstance(left, (External, ClassValue, FunctionValue, Obj)) and isinstance(
        right, (External, ClassValue, FunctionValue, Obj, str, int)
    ):
        return same(left, right)
    return same(left, right) or None


def _ordered(op: str, left: Value, right: Value, loop_symbols: set[str]) -> bool | None:
    x, y = as_scalar(left), as_scalar(right)
    if x is None or y is None:
        return None
    names = {name for value in (x, y) if isinstance(value, Dim) for name, _ in value.powers}
    constants = [value for value in (x, y) if not isinstance(value, Dim)]
    bare = any(isinstance(side, Argument) and not _is_width(side) for side in (left, right))
    if bare and constants and not any(s in name for name in names for s in loop_symbols) and constants[0] >= 0:
        return None  # an argument may be zero; a size of a tensor or layer is not
    if op == ">":
        return dim.less(y, x)
    if op == "<":
        return dim.less(x, y)
    reverse = dim.less(y, x) if op == "<=" else dim.less(x, y)
    return None if reverse is None else not reverse


def _contains(item: Value, container: Value, loop_symbols: set[str]) -> bool | None:
    if isinstance(container, str):
        return item in container if isinstance(item, str) else None
    if isinstance(container, DictValue):
        if not is_plain(item):
            return None
        return True if item in container.data else (None if container.open else False)
    if isinstance(container, (ListValue, Walk)):
        members: tuple[Value, ...] = container.items
    elif isinstance(container, tuple):
        members = container
    elif isinstance(container, Range):
        numbers = container.numbers
        return item in numbers if numbers is not None and isinstance(item, int) else None
    elif container == External("os.environ"):
        return False  # a variable of the environment has the default that the program gives
    else:
        return None
    results = [compare("==", item, member, loop_symbols) for member in members]
    return True if True in results else (None if None in results else False)
