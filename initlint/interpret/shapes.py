"""Shapes of tensors in a constructor: after methods that reshape, under an index, of two tensors together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from initlint.interpret.operators import as_scalar, binary
from initlint.interpret.values import ListValue, Value
from initlint.ir import dim
from initlint.ir.unknown import Unknown


def _viewed(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    """The shape after ``view``: at most one size is -1, what the others leave."""
    if any(as_scalar(size) is None for size in (*shape, *wanted)):
        return None
    if -1 not in wanted:
        return wanted
    others: dim.Scalar = 1
    for size in wanted:
        others = others if size == -1 else dim.multiply(others, as_scalar(size) or 1)
    whole = as_scalar(product(shape))
    left = dim.floor_divide(whole, others) if whole is not None else None
    return tuple(left if size == -1 else size for size in wanted) if left is not None else None


def _expanded(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    """The shape after ``expand``: -1 keeps a size."""
    new = len(wanted) - len(shape)
    old = (*[None] * new, *shape)
    return tuple(kept if size == -1 else size for size, kept in zip(wanted, old)) if new >= 0 else None


def _repeated(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    """The shape after ``repeat``: each size so often."""
    new = len(wanted) - len(shape)
    return tuple(map(partial(binary, "*"), wanted, (*[1] * new, *shape))) if new >= 0 else None


def _permuted(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    places = [index for index in wanted if isinstance(index, int) and -len(shape) <= index < len(shape)]
    return tuple(shape[index] for index in places) if len(places) == len(wanted) == len(shape) else None


def _transposed(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    order = list(range(len(shape)))
    first, second = wanted if len(wanted) == 2 else (None, None)
    if not isinstance(first, int) or not isinstance(second, int) or max(abs(first), abs(second)) > len(shape):
        return None
    try:
        order[first], order[second] = order[second], order[first]
    except IndexError:
        return None
    return tuple(shape[index] for index in order)


def _unsqueezed(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    (index, *more) = wanted
    if more or not isinstance(index, int) or not -len(shape) - 1 <= index <= len(shape):
        return None
    place = index if index >= 0 else index + len(shape) + 1
    return (*shape[:place], 1, *shape[place:])


def _squeezed(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    (index, *more) = wanted
    if more or not isinstance(index, int) or not -len(shape) <= index < len(shape) or shape[index] != 1:
        return None
    return (*shape[: index % len(shape)], *shape[index % len(shape) + 1 :])


def _flattened(shape: tuple[Value, ...], wanted: tuple[Value, ...]) -> Value | None:
    start, end = wanted if len(wanted) == 2 else (wanted[0], -1)
    rank = len(shape)
    if not isinstance(start, int) or not isinstance(end, int) or not all(-rank <= each < rank for each in (start, end)):
        return None
    first, last = start % rank, end % rank
    return (*shape[:first], product(shape[first : last + 1]), *shape[last + 1 :])


RESHAPING: dict[str, Callable[[tuple[Value, ...], tuple[Value, ...]], Value | None]] = {
    "view": _viewed, "reshape": _viewed, "expand": _expanded, "repeat": _repeated, "permute": _permuted,
    "transpose": _transposed, "unsqueeze": _unsqueezed, "squeeze": _squeezed, "flatten": _flattened,
}  # fmt: skip


def reshaped(shape: Value, name: str, positional: Sequence[Value]) -> Value:
    """The shape after ``tensor.name(...)``."""
    if isinstance(shape, tuple) and name in {"t", "T", "mT"}:
        return (*shape[:-2], *reversed(shape[-2:]))
    sizes = positional[0] if len(positional) == 1 and isinstance(positional[0], (tuple, ListValue)) else positional
    wanted = tuple(sizes.items if isinstance(sizes, ListValue) else sizes)
    if isinstance(shape, tuple) and wanted:
        found = RESHAPING[name](shape, wanted) if name in RESHAPING else None
        if found is not None:
            return found
    if isinstance(shape, tuple) and name == "flatten" and not positional:
        return (product(shape),)
    return Unknown(f"the shape after {name}")


def indexed(shape: Value, key: Value) -> Value:
    """The shape of ``tensor[key]`` for numbers, slices, None and an ellipsis."""
    keys = key if isinstance(key, tuple) else (key,)
    unknown = Unknown("the shape of a slice")
    if not isinstance(shape, tuple) or any(isinstance(each, bool) for each in keys):
        return unknown
    whole = slice(None, None, None)
    left = len(shape) - sum(each is not None and each is not Ellipsis for each in keys)
    if left < 0 or sum(each is Ellipsis for each in keys) > 1:
        return unknown
    if Ellipsis in keys:
        at = keys.index(Ellipsis)
        keys = (*keys[:at], *[whole] * left, *keys[at + 1 :])
    else:
        keys = (*keys, *[whole] * left)
    sizes = iter(shape)
    found: list[Value] = []
    for each in keys:
        if each is None:
            found.append(1)
            continue
        size = next(sizes)
        if isinstance(each, int):
            continue
        if isinstance(each, slice) and each == whole:
            found.append(size)
        elif isinstance(each, slice) and isinstance(size, int) and _is_plain_slice(each):
            found.append(len(range(size)[each]))
        else:
            return unknown
    return tuple(found)


def _is_plain_slice(key: slice) -> bool:
    return all(bound is None or type(bound) is int for bound in (key.start, key.stop, key.step)) and key.step != 0


def broadcast(one: Value, other: Value) -> Value:
    """The shape of an elementwise operation of two tensors."""
    unknown = Unknown("the shape of an operation of tensors whose shapes are not known")
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return unknown
    rank = max(len(one), len(other))
    found: list[Value] = []
    for pair in zip((*[1] * (rank - len(one)), *one), (*[1] * (rank - len(other)), *other)):
        sizes = [size for size in pair if size != 1]
        if len(sizes) == 2 and sizes[0] != sizes[1]:
            return unknown
        found.append(sizes[0] if sizes else 1)
    return tuple(found)


def product(shape: tuple[Value, ...]) -> Value:
    """The number of elements."""
    if any(as_scalar(size) is None for size in shape):
        return Unknown("a number of elements")
    found: dim.Scalar = 1
    for size in shape:
        found = dim.multiply(found, as_scalar(size) or 0)
    return found
