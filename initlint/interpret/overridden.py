"""Classes of the project that decide themselves what reading and writing an attribute means, and what a subclass is.

https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from initlint.interpret.hierarchy import is_module_class, mro, once
from initlint.interpret.values import Bound, ClassValue, External, FunctionValue, Obj, Value
from initlint.ir.data import dataclass
from initlint.ir.place import Place

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

READ, WRITE, FALLBACK = "__getattribute__", "__setattr__", "__getattr__"
# With a property's name: the key of its setter among the members of a class.
SETTER = ".setter"


@dataclass(slots=True)
class Reads:
    """``renamed``: under which name an object was found to hold what is read by another, and all that it held then.
    ``last``: the object, name and value of the latest plain read that a ``__getattribute__`` made."""

    renamed: dict[tuple[int, str], tuple[Obj, list[Value], str]] = field(default_factory=dict)
    last: tuple[Obj, str, Value] | None = None


def access(cls: ClassValue | External, name: str) -> FunctionValue | None:
    """The project's ``__getattribute__``, ``__setattr__`` or ``__getattr__`` of a class; None where it has the usual
    one. Those of modules only watch over what is set."""
    return _access(cls, name) if isinstance(cls, ClassValue) else None


@once
def _access(cls: ClassValue, name: str) -> FunctionValue | None:
    if is_module_class(cls):
        return None
    found = (base.members.data.get(name) for base in mro(cls) if isinstance(base, ClassValue))
    return next((method for method in found if isinstance(method, FunctionValue)), None)


@once
def setters(cls: ClassValue) -> dict[str, FunctionValue]:
    """The setters of the class's properties, by name."""
    found: dict[str, FunctionValue] = {}
    for base in reversed(mro(cls)):
        for key, value in base.members.data.items() if isinstance(base, ClassValue) else ():
            if isinstance(key, str) and key.endswith(SETTER) and isinstance(value, FunctionValue):
                found[key.removesuffix(SETTER)] = value
    return found


def read(machine: Machine, obj: Obj, method: FunctionValue, name: str, place: Place) -> Value:
    """What the class's ``__getattribute__`` gives for the name. Where it gave an attribute as it is, it does so again
    while the object's attributes are the same."""
    from initlint.interpret import attributes
    from initlint.interpret.calls import call

    reads, held = machine.reads, list(obj.data.values())
    known = reads.renamed.get((id(obj), name))
    if known is not None and known[0] is obj and known[1] == held:
        return attributes.plain(machine, obj, known[2], place)
    reads.last = None
    value = call(machine, Bound(obj, method), [name], {}, place)
    if reads.last is not None and reads.last[0] is obj and reads.last[2] is value and list(obj.data.values()) == held:
        reads.renamed[id(obj), name] = (obj, held, reads.last[1])
    return value


def made_subclass(machine: Machine, cls: ClassValue, keywords: dict[str, Value], place: Place) -> None:
    """Run the ``__init_subclass__`` of the class's bases."""
    from initlint.interpret.calls import call

    for base in mro(cls)[1:]:
        hook = base.members.data.get("__init_subclass__") if isinstance(base, ClassValue) else None
        if isinstance(hook, FunctionValue):
            call(machine, Bound(cls, hook), [], keywords, place)
            return
