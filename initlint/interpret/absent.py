"""Attributes that modules do not have."""

from __future__ import annotations

from dataclasses import replace

from initlint import catalog
from initlint.interpret import misuses
from initlint.interpret.hierarchy import CONTAINERS, MODULE, canonical, is_module_class, mro
from initlint.interpret.machine import Machine
from initlint.interpret.torch_modules import spec_of
from initlint.interpret.values import ClassValue, External, Obj, Value, class_name
from initlint.ir.data import dataclass
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# Bases that bring no attributes of their own but those of every module.
_PLAIN_BASES = CONTAINERS | {MODULE, "builtins.object", "abc.ABC", "typing.Generic"}


@dataclass(frozen=True, slots=True)
class Absent:
    """What is read of an attribute that a module does not have: ``last`` is the name read last."""

    value: Unknown
    module: Obj
    name: str
    last: str = ""


def attribute(machine: Machine, module: Obj, name: str, place: Place) -> Unknown:
    """The value of an attribute that was not found in a module; noted where the module does not have it."""
    misuses.missing_attribute(machine, module, name, place)
    value = machine.part(module, f"attribute `{name}` of `{class_name(module.cls)}`")
    if _is_closed(module):
        machine.absent[id(value)] = Absent(value, module, name)
    return value


def method(machine: Machine, module: Obj, name: str, value: Value) -> Value:
    """What a class binds to a name, where a constructor asks a module for it: a function that can't be read takes the
    module first, and does what it likes to it."""
    if machine.graph is not None or not is_module_class(module.cls):
        return value
    if isinstance(value, Unknown):
        return machine.part(module, f"the class attribute `{name}`: {value.why}")
    if isinstance(value, External) and machine.catalog.layer(value.path.rpartition(".")[0]) is not None:
        return machine.part(module, f"the class attribute `{name}`: `{value.path}`")
    return value


def part_of(machine: Machine, of: Unknown, name: str) -> Unknown:
    """An attribute of a value that is not known; noted where that is one that its module does not have."""
    owner = machine.owner_of(of)
    if owner is None:
        return of
    value = machine.part(owner, f"`{name}` of {of.why}")
    if (found := machine.absent.get(id(of))) is not None:
        machine.absent[id(value)] = replace(found, value=value, last=name)
    return value


def _is_closed(obj: Obj) -> bool:
    """Whether we know all attributes of a module: of its class and bases, and those that were set."""
    if ("open",) in obj.data:
        return False
    if isinstance(obj.cls, External):
        return spec_of(obj) is not None
    return all(map(_is_plain, mro(obj.cls)))


def _is_plain(base: ClassValue | External | Unknown) -> bool:
    library = catalog.load()
    match base:
        case ClassValue():
            return library.stub(base.qualified) is None
        case External(path):
            return canonical(path) in _PLAIN_BASES or library.layer(path) is not None
    return False
