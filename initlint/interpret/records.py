"""Dataclasses and named tuples: their fields, and the constructor that fills them."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret import attributes
from initlint.interpret.functions import run_function
from initlint.interpret.hierarchy import mro
from initlint.interpret.machine import Machine
from initlint.interpret.overridden import WRITE, access
from initlint.interpret.values import MISSING, Argument, ClassValue, FunctionValue, Obj, Value
from initlint.ir import code


def fill_fields(machine: Machine, obj: Obj, positional: Sequence[Value], keywords: dict[str, Value]) -> None:
    """A dataclass's constructor (or that of a class without one)."""
    assert isinstance(obj.cls, ClassValue)
    values, known = list(positional), fields(obj.cls)
    for name, default in known.items():
        value = values.pop(0) if values else keywords.get(name, default)
        if access(obj.cls, WRITE) is None:
            obj.data[name] = value
        else:
            attributes.assign(machine, obj, name, value, machine.here)
    for base in mro(obj.cls):
        post = base.members.data.get("__post_init__") if isinstance(base, ClassValue) else None
        if isinstance(post, FunctionValue):
            # Frameworks that let a dataclass take other arguments, too, give them to this method.
            rest = {name: value for name, value in keywords.items() if name not in known}
            takes = any(parameter.kind == "**" for parameter in post.code.parameters)
            run_function(machine, post, [obj], rest if takes else {}, machine.here)
            return


def fields(cls: ClassValue) -> dict[str, Value]:
    """The fields of a dataclass or named tuple in order, the inherited ones first, with their defaults."""
    found: dict[str, Value] = {}
    for base in reversed(mro(cls)):
        for statement in base.code.body if isinstance(base, ClassValue) and base.dataclass else ():
            match statement:
                case code.Declare(_, annotation) | code.Assign(_, _, _, annotation) if "ClassVar" in annotation:
                    pass
                case code.Declare(name):
                    found[name] = Argument(name)
                case code.Assign((code.Name(name),), _, _, annotation) if annotation or name in found:
                    found[name] = base.members.data.get(name, MISSING) if isinstance(base, ClassValue) else MISSING
    return found
