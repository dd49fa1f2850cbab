"""Python's builtins that look at attributes by name: getattr, hasattr, setattr, vars, callable."""

from __future__ import annotations

from initlint.catalog.tensor_names import TENSOR_NAMES
from initlint.interpret import attributes
from initlint.interpret.hierarchy import canonical, unknown_bases
from initlint.interpret.machine import Machine
from initlint.interpret.module_methods import METHODS
from initlint.interpret.operators import is_plain
from initlint.interpret.overridden import READ, access
from initlint.interpret.reparametrise import REPARAMETRISE
from initlint.interpret.torch_modules import is_module
from initlint.interpret.values import (
    Bound,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    ListValue,
    Missing,
    NamespaceValue,
    Obj,
    Tensor,
    Value,
)  # fmt: skip
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown


def getattr_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``getattr(value, name[, default])``."""
    if len(positional) < 2 or not isinstance(positional[1], str):
        owner = positional[0] if positional else None
        why = "getattr() of a name that is not known"
        return machine.part(owner, why) if isinstance(owner, Obj) else Unknown(why)
    if len(positional) == 3 and _has(machine, positional[0], positional[1]) is False:
        return positional[2]
    return attributes.get(machine, positional[0], positional[1], place)


def hasattr_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``hasattr(value, name)``."""
    name = positional[1] if len(positional) == 2 else None
    decided = _has(machine, positional[0], name) if isinstance(name, str) else None
    return decided if decided is not None else Unknown("hasattr() of a value that is not known")


def _has(machine: Machine, value: Value, name: str) -> bool | None:
    if isinstance(value, Obj):
        if name in value.data and access(value.cls, READ) is None:
            if machine.watch is not None:
                machine.watch.read(value, name, value.data[name])
            return None if ("optional", name) in value.data else True
        reasons, noted = len(machine.unknowns), len(machine.misuses)
        found = attributes.get(machine, value, name, machine.here)
        if isinstance(found, Unknown):
            del machine.misuses[noted:]
            while len(machine.unknowns) > reasons:  # asking whether it is there takes nothing from what is understood
                machine.unknowns.popitem()
            return None if isinstance(value.cls, ClassValue) and unknown_bases(value.cls) else False
        return None if isinstance(found, Bound) and found.function is None and not _known_method(name) else True
    if isinstance(value, External):
        path = canonical(f"{value.path}.{name}")
        return True if path in REPARAMETRISE or machine.catalog.known(path) else None
    if isinstance(value, NamespaceValue):
        return not isinstance(machine.module_name(value.namespace, name), Missing)
    if isinstance(value, ClassValue) and not unknown_bases(value):
        return not isinstance(attributes.get(machine, value, name, machine.here), Unknown)
    if isinstance(value, Tensor):
        # Frameworks mark parameters with attributes of their own.
        return ("attribute", name) in value.data or name in TENSOR_NAMES
    if isinstance(value, DictValue):
        return True if name in value.data or name in attributes.DICT_METHODS else (None if value.open else False)
    if is_plain(value) or isinstance(value, (tuple, ListValue)):
        return hasattr(value if is_plain(value) else [], name)
    return None


def _known_method(name: str) -> bool:
    return name in METHODS or name in {"forward", "reset_parameters", "_reset_parameters"}


def setattr_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``setattr(value, name, new)``."""
    if len(positional) == 3:
        owner, name, value = positional
        if isinstance(name, str):
            attributes.assign(machine, owner, name, value, place)
        elif isinstance(owner, Obj):
            machine.write(owner, f"<{len(owner.data)}>", value)
    return None


def delattr_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``delattr(value, name)``."""
    if len(positional) == 2 and isinstance(positional[1], str):
        attributes.delete(machine, positional[0], positional[1])
    return None


def vars_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``vars(value)``."""
    value = positional[0] if positional else Unknown("vars()")
    return value if isinstance(value, DictValue) else attributes.get(machine, value, "__dict__", place)


def callable_(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    """``callable(value)``."""
    value = positional[0] if positional else None
    if isinstance(value, (FunctionValue, Bound, ClassValue, External)) or is_module(value):
        return True
    return False if is_plain(value) else Unknown("callable() of a value that is not known")
