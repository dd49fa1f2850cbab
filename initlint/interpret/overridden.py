"""Classes of the project that decide themselves what reading and writing an attribute means, and what a subclass is.

https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access
"""

from __future__ import annotations

from functools import lru_cache

from initlint.interpret.hierarchy import is_module_class, mro
from initlint.interpret.machine import Machine
from initlint.interpret.values import Bound, ClassValue, External, FunctionValue, Value
from initlint.ir.place import Place

READ, WRITE = "__getattribute__", "__setattr__"


def access(cls: ClassValue | External, name: str) -> FunctionValue | None:
    """The project's ``__getattribute__`` or ``__setattr__`` of a class; None where it has the usual one. Those of
    modules only watch over what is set."""
    return _access(cls, name) if isinstance(cls, ClassValue) else None


@lru_cache(maxsize=4096)
def _access(cls: ClassValue, name: str) -> FunctionValue | None:
    if is_module_class(cls):
        return None
    found = (base.members.data.get(name) for base in mro(cls) if isinstance(base, ClassValue))
    return next((method for method in found if isinstance(method, FunctionValue)), None)


def made_subclass(machine: Machine, cls: ClassValue, keywords: dict[str, Value], place: Place) -> None:
    """Run the ``__init_subclass__`` of the class's bases."""
    from initlint.interpret.calls import call

    for base in mro(cls)[1:]:
        hook = base.members.data.get("__init_subclass__") if isinstance(base, ClassValue) else None
        if isinstance(hook, FunctionValue):
            call(machine, Bound(cls, hook), [], keywords, place)
            return
