"""Dataclasses and named tuples: which classes they are, their fields, and the constructor that fills them."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret import attributes
from initlint.interpret.functions import run_function
from initlint.interpret.hierarchy import mro
from initlint.interpret.machine import Machine
from initlint.interpret.overridden import WRITE, access
from initlint.interpret.values import (
    MISSING,
    Argument,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    Obj,
    Value,
)  # fmt: skip
from initlint.ir import code
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# Decorators beside those that are called dataclass, and base classes, that make a constructor of what a class declares.
_DECORATORS = frozenset(
    f"{package}.{name}" for package in ("attr", "attrs") for name in ("s", "attrs", "define", "frozen", "mutable")
)
_BASES = frozenset({"typing.NamedTuple", "pydantic.BaseModel", "pydantic_settings.BaseSettings", "msgspec.Struct"})
_TRANSFORM = "dataclass_transform"
# In a class's members: that its subclasses are dataclasses (https://peps.python.org/pep-0681/).
TRANSFORMS = ("transforms",)


def is_record(decorators: Sequence[Value], bases: Sequence[Value]) -> bool:
    """Whether a class with these decorators (each without its own arguments) and bases is a dataclass or a named tuple,
    by itself or as all subclasses of one of its bases are."""
    if any(
        isinstance(each, External) and ("dataclass" in each.path or each.path in _DECORATORS) for each in decorators
    ):
        return True
    return any(
        base.path in _BASES
        if isinstance(base, External)
        else isinstance(base, ClassValue) and any(_transforms(each) for each in mro(base))
        for base in bases
    )


def transforms(decorators: Sequence[Value]) -> bool:
    """Whether the decorators say that the class's subclasses are dataclasses."""
    return any(isinstance(each, External) and each.path.endswith(_TRANSFORM) for each in decorators)


def _transforms(cls: ClassValue | External | Unknown) -> bool:
    if isinstance(cls, External):
        return cls.path in _BASES - {"typing.NamedTuple"}
    return isinstance(cls, ClassValue) and TRANSFORMS in cls.members.data


def fill_fields(machine: Machine, obj: Obj, positional: Sequence[Value], keywords: dict[str, Value]) -> None:
    """A dataclass's constructor (or that of a class without one). What it has no field for is one of a base class whose
    fields are not declared where we see it."""
    assert isinstance(obj.cls, ClassValue)
    values, known = list(positional), fields(obj.cls)
    obj.data.update((name, value) for name, value in keywords.items() if name not in known)
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


def new(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``object.__new__(cls, ...)``, or a named tuple's."""
    cls = positional[0] if positional else None
    if not isinstance(cls, ClassValue):
        return Unknown("an instance of a class that is not known")
    made = Obj(cls, place, machine.outer())
    fill_fields(machine, made, positional[1:], keywords)
    return made


def own_new(cls: ClassValue) -> FunctionValue | None:
    """The ``__new__`` that a subclass of a named tuple defines, which its constructor is."""
    order = mro(cls)
    if not any(isinstance(base, External) and base.path == "typing.NamedTuple" for base in order):
        return None
    found = (base.members.data.get("__new__") for base in order if isinstance(base, ClassValue))
    return next((each for each in found if isinstance(each, FunctionValue)), None)


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


def replaced(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``dataclasses.replace``: another object, made by the constructor of the old one's fields but for those given."""
    from initlint.interpret.calls import call

    old = positional[0] if positional else None
    if not isinstance(old, Obj) or not isinstance(old.cls, ClassValue):
        return Unknown("replace() of a value that is not known")
    given = {name: old.data[name] for name in fields(old.cls) if name in old.data}
    return call(machine, old.cls, [], {**given, **keywords}, place)


def fields_of(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``dataclasses.fields``, as far as their names and plain defaults go."""
    cls = _class_of(positional)
    if cls is None:
        return Unknown("the fields of a value that is not known")
    defaults = {name: MISSING if default == Argument(name) else default for name, default in fields(cls).items()}
    return tuple(DictValue({"name": name, "default": default}) for name, default in defaults.items())


def is_dataclass(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``dataclasses.is_dataclass``."""
    cls = _class_of(positional)
    if cls is None:
        return Unknown("is_dataclass() of a value that is not known")
    return any(isinstance(base, ClassValue) and base.dataclass for base in mro(cls))


def _class_of(positional: list[Value]) -> ClassValue | None:
    first = positional[0] if positional else None
    cls = first.cls if isinstance(first, Obj) else first
    return cls if isinstance(cls, ClassValue) else None
