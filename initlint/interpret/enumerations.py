"""Enumerations: the members of a subclass of ``enum.Enum``."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret.hierarchy import canonical, mro
from initlint.interpret.machine import Machine
from initlint.interpret.operators import is_plain, same
from initlint.interpret.values import ClassValue, External, FunctionValue, Obj, Value
from initlint.ir.place import Place

_AUTO = External("enum.auto")
_ENUMS = frozenset({"enum.Enum", "enum.Flag"})


def is_enumeration(cls: ClassValue) -> bool:
    """Whether the class's members are objects of their own: not of IntEnum or StrEnum, which equal their values."""
    bases = [canonical(base.path) for base in mro(cls) if isinstance(base, External)]
    return any(path in _ENUMS for path in bases) and not any(path.startswith("builtins.") for path in bases)


def make_members(machine: Machine, cls: ClassValue) -> None:
    """Turn what the body of an enumeration binds into its members."""
    if not is_enumeration(cls):
        return
    count = 0
    for name, value in list(cls.members.data.items()):
        if not isinstance(name, str) or name.startswith("_") or isinstance(value, FunctionValue):
            continue
        if isinstance(value, Obj) and value.cls is _AUTO:
            value = count + 1
        if not is_plain(value):
            continue
        count = value if isinstance(value, int) else count + 1
        member = Obj(cls, Place(*cls.origin, cls.code.at), ())
        member.data.update(name=name, value=value, _value_=value)
        machine.write(cls.members, name, member)


def lookup(cls: ClassValue, positional: Sequence[Value]) -> Value:
    """``Color("red")``: the member of that value; None where there is none, or the class is no enumeration. A member of
    an enumeration of strings or numbers is its value."""
    if len(positional) != 1:
        return None
    wanted = positional[0]
    if not is_enumeration(cls):
        bases = (canonical(base.path) for base in mro(cls) if isinstance(base, External))
        equals = any(path.startswith("enum.") for path in bases)
        return wanted if equals and any(same(wanted, value) for value in cls.members.data.values()) else None
    for member in members(cls):
        if member is wanted or same(member.data.get("value"), wanted):
            return member
    return None


def members(cls: ClassValue) -> list[Obj]:
    """The members in order."""
    return [value for value in cls.members.data.values() if isinstance(value, Obj) and value.cls is cls]


def auto(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``enum.auto()``: a mark that becomes the member's number."""
    return Obj(_AUTO, place, ())
