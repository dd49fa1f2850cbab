"""Tensors joined in a constructor."""

from __future__ import annotations

from functools import partial, reduce

from initlint.interpret.machine import Machine
from initlint.interpret.operators import binary
from initlint.interpret.torch_init import initial, values_of
from initlint.interpret.values import MISSING, ListValue, Tensor, Value
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.place import Place


def joined(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.cat`` of tensors of known shapes, outside a forward: a tensor whose shape is known; else MISSING."""
    parts, axis = _arguments(machine, positional, keywords, new=0)
    shapes = [shape for part in parts if isinstance(shape := part.data.get("shape"), tuple)]
    if not shapes or len(shapes) < len(parts) or len({len(shape) for shape in shapes}) > 1:
        return MISSING
    size = reduce(partial(binary, "+"), (shape[axis] for shape in shapes))
    return _of_parts(machine, parts, (*shapes[0][:axis], size, *shapes[0][axis + 1 :]), place)


def stacked(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.stack``, likewise."""
    parts, axis = _arguments(machine, positional, keywords, new=1)
    shape = parts[0].data.get("shape") if parts else None
    if not isinstance(shape, tuple):
        return MISSING
    return _of_parts(machine, parts, (*shape[:axis], len(parts), *shape[axis:]), place)


def _arguments(
    machine: Machine, positional: list[Value], keywords: dict[str, Value], new: int
) -> tuple[list[Tensor], int]:
    """The tensors, none where they are not known, and the axis along which they are joined, counted from the first."""
    given = positional[0] if positional else keywords.get("tensors")
    axis = positional[1] if len(positional) > 1 else keywords.get("dim", 0)
    items = given.items if isinstance(given, ListValue) and "length" not in given.data else given
    parts = [part for part in items if isinstance(part, Tensor)] if isinstance(items, tuple) else []
    shape = parts[0].data.get("shape") if parts else None
    rank = len(shape) + new if isinstance(shape, tuple) else 0
    if machine.graph is not None or len(parts) != len(items if isinstance(items, tuple) else ()):
        return [], 0
    return (parts, axis % rank) if isinstance(axis, int) and -rank <= axis < rank else ([], 0)


def _of_parts(machine: Machine, parts: list[Tensor], shape: Value, place: Place) -> Tensor:
    """A tensor of this shape; where all parts are filled alike, so is it."""
    result = Tensor(place)
    filled = [_distribution(values_of(part)) for part in parts]
    unknown = (initial(machine, Initializer("an expression", "unknown"), place),)
    same = filled[0] is not None and filled.count(filled[0]) == len(filled)
    actions = values_of(parts[0]) if same else unknown
    result.data.update(shape=shape, candidates=actions, history=actions, parameter=False)
    return result


def _distribution(candidates: tuple[InitAction, ...]) -> tuple[object, ...] | None:
    if len(candidates) != 1 or candidates[0].part is not None:
        return None
    held = candidates[0].initializer
    return (held.family, held.mean, held.std) if held.family in {"normal", "uniform", "constant"} else None
