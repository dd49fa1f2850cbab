"""Classes of the project that are dictionaries: registries, tables of activations by name."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from initlint.interpret.hierarchy import canonical, mro
from initlint.interpret.machine import Machine
from initlint.interpret.values import MISSING, ClassValue, DictValue, External, FunctionValue, Obj, Value
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_DICTS = frozenset({"builtins.dict", "collections.OrderedDict", "collections.UserDict"})
_KEY = ("mapping",)


def _is_dict(cls: ClassValue) -> bool:
    return any(isinstance(base, External) and canonical(base.path) in _DICTS for base in mro(cls))


def build(machine: Machine, obj: Obj, path: str, positional: Sequence[Value], keywords: dict[str, Value]) -> bool:
    """The constructor of a dict, run on an instance of a subclass; whether it is one."""
    if path not in _DICTS:
        return False
    start: dict[Hashable, Value] = {}
    given = positional[0] if positional else DictValue()
    if isinstance(given, DictValue):
        start.update(given.data)
    start.update(keywords)
    machine.write(obj, _KEY, DictValue(start, not isinstance(given, DictValue) or given.open))
    return True


def method(machine: Machine, obj: Obj, name: str, positional: Sequence[Value], place: Place) -> Value:
    """A dict's own method on such an instance; MISSING where it has none of that name."""
    held = obj.data.get(_KEY)
    if held is None and isinstance(obj.cls, ClassValue) and _is_dict(obj.cls):
        held = DictValue()
        machine.write(obj, _KEY, held)
    if name == "get" and len(positional) == 2 and machine.graph is not None and not isinstance(held, DictValue):
        # What a registry holds for other keys is there to do the same in another way.
        return positional[1] if isinstance(positional[1], FunctionValue) else MISSING
    if not isinstance(held, DictValue):
        return MISSING
    if name == "__getitem__" and positional:
        from initlint.interpret.items import item

        return item(machine, held, positional[0], place)
    if name == "__setitem__" and len(positional) == 2:
        key = positional[0]
        if isinstance(key, (str, int)):
            machine.write(held, key, positional[1])
        else:
            held.open = True
        return None
    if name in {"get", "keys", "values", "items", "update", "pop", "copy", "setdefault"}:
        from initlint.interpret.python_methods import python_method

        return python_method(machine, held, name, list(positional), {}, place)
    return MISSING if not name.startswith("__") else Unknown(f"`{name}` of a dict")
