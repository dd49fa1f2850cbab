"""Tensors joined in a constructor."""

from __future__ import annotations

from functools import partial, reduce

from initlint.interpret.machine import Machine
from initlint.interpret.operators import binary
from initlint.interpret.values import MISSING, ListValue, Tensor, Value
from initlint.ir.place import Place


def joined(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.cat`` of tensors of known shapes, outside a forward: a tensor whose shape is known; else MISSING."""
    from initlint.interpret.tensors import elementwise

    given = positional[0] if positional else keywords.get("tensors")
    parts = given.items if isinstance(given, ListValue) else given
    axis = positional[1] if len(positional) > 1 else keywords.get("dim", 0)
    if machine.graph is not None or not isinstance(parts, tuple) or not isinstance(axis, int):
        return MISSING
    shapes = [
        shape for part in parts if isinstance(part, Tensor) and isinstance(shape := part.data.get("shape"), tuple)
    ]
    ranks = {len(shape) for shape in shapes}
    if not shapes or len(shapes) < len(parts) or len(ranks) > 1 or not -len(shapes[0]) <= axis < len(shapes[0]):
        return MISSING
    axis %= len(shapes[0])
    made = elementwise(machine, parts[0], place)
    size = reduce(partial(binary, "+"), (shape[axis] for shape in shapes))
    made.data["shape"] = (*shapes[0][:axis], size, *shapes[0][axis + 1 :])
    return made
