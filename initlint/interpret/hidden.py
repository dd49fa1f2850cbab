"""Layers that a module keeps in plain lists, tuples and dicts, which register nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from initlint.interpret.machine import Machine
from initlint.interpret.torch_modules import children, is_module, parameters_of
from initlint.interpret.values import DictValue, ListValue, Maybe, Obj, Tensor, Value
from initlint.ir.model import Hidden
from initlint.ir.place import Place

# With an attribute's name: the key under which the place of its assignment is kept.
LINE = "line"
# The key of a module whose parameters somebody asked for: an optimiser of its own, say.
ASKED = ("asked",)
_DEEPEST = 3


def keep_line(machine: Machine, owner: Obj, name: str, value: Value, place: Place) -> None:
    """Keep the place where an attribute is given a plain container."""
    if isinstance(value, (ListValue, DictValue, tuple)):
        machine.write(owner, (LINE, name), place)


def hidden_layers(tree: Sequence[tuple[str, Obj]], names: Mapping[int, str]) -> Iterator[Hidden]:
    """The attributes of the tree's modules whose plain containers hold trainable layers that are not in the tree.

    A list of one is how people keep a module out of the parameters on purpose. Nothing is said of a module that also
    holds a container of which not all is known: that may be where they are registered."""
    registered = {id(module) for _, module in tree}
    for path, module in tree:
        if any(isinstance(child, Obj) and ("open",) in child.data for _, child in children(module)):
            continue
        for name, value in list(module.data.items()):
            place = module.data.get((LINE, name))
            if not isinstance(name, str) or not isinstance(value, (ListValue, DictValue, tuple)):
                continue
            if not isinstance(place, Place):
                continue
            found = [each for each in _items(value, 0) if _is_lost(each, registered, names)]
            if len(found) > 1:
                full = f"{path}.{name}" if path else name
                holds = "modules" if any(isinstance(each, Obj) for each in found) else "parameters"
                yield Hidden(full, _kind(value), holds, place)


def _kind(value: Value) -> str:
    if isinstance(value, ListValue):
        return value.kind if value.kind in {"list", "set"} else "list"
    return "dict" if isinstance(value, DictValue) else "tuple"


def _items(value: Value, depth: int) -> Iterator[Value]:
    if depth > _DEEPEST:
        return
    match value:
        case Maybe(inner):
            yield from _items(inner, depth)
        case ListValue():
            for item in value.items:
                yield from _items(item, depth + 1)
        case tuple():
            for item in value:
                yield from _items(item, depth + 1)
        case DictValue():
            for item in value.data.values():
                yield from _items(item, depth + 1)
        case _:
            yield value


def _is_lost(value: Value, registered: set[int], names: Mapping[int, str]) -> bool:
    """Whether it is a layer with trainable parameters, or such a parameter, that the model does not register."""
    if isinstance(value, Obj) and is_module(value):
        parameters = [tensor for _, tensor in parameters_of(value)]
        # One that is registered holds the others: a container built of the list.
        known = id(value) in registered or any(id(tensor) in names for tensor in parameters) or ASKED in value.data
        return not known and any(tensor.data.get("trainable", True) is True for tensor in parameters)
    if isinstance(value, Tensor) and value.data.get("parameter"):
        return id(value) not in names and value.data.get("trainable", True) is True
    return False
