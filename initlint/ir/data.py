"""Dataclasses that cost little to define and little to make.

Python writes and compiles the methods of a dataclass where it is defined: two thirds of a millisecond for each, so that
the two hundred of the linter would be two fifths of its start, most of them for methods that a run never calls. Here a
method is written when it is first called. And Python sets each field of its frozen ones through ``object.__setattr__``,
so that making one takes three times as long, and a run makes them by the hundred thousand: these are frozen for the
type checker, which sees every line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        cls: type | None = None,
        /,
        *,
        frozen: bool = False,
        eq: bool = True,
        order: bool = False,
        slots: bool = False,
    ) -> Any:
        """:func:`dataclasses.dataclass`; what is ``frozen`` has a hash, and nothing keeps it from being set."""

        def make(cls: type) -> type:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else Python asks for the signature
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
            names = ["__init__", "__repr__", *(["__eq__"] if eq else []), *(_ORDER if order else [])]
            if eq and "__hash__" not in cls.__dict__:
                if frozen:
                    names.append("__hash__")
                else:
                    made.__hash__ = None
            for name in names:
                if name not in cls.__dict__:
                    setattr(made, name, _when_called(made, name))
            return made

        return make if cls is None else make(cls)


_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _when_called(cls: type, name: str) -> Callable[..., Any]:
    """The method, to be written and put in its own place by the first call."""

    def first(*given: Any, **named: Any) -> Any:
        method = _written(cls, name)
        setattr(cls, name, method)
        return method(*given, **named)

    first.__name__, first.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return first


def _written(cls: Any, name: str) -> Callable[..., Any]:
    fields = dataclasses.fields(cls)
    known: dict[str, Any] = {"_factory": object()}
    compared = [field.name for field in fields if field.compare]
    match name:
        case "__init__":
            text = _constructor(cls, fields, known)
        case "__repr__":
            shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields if field.repr)
            text = f"def __repr__(self): return f'{{type(self).__qualname__}}({shown})'"
        case "__hash__":
            hashed = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
            text = f"def __hash__(self): return hash({_tuple('self', hashed)})"
        case _:
            comparison = f"{_tuple('self', compared)} {_ORDER.get(name, '==')} {_tuple('other', compared)}"
            text = (
                f"def {name}(self, other):\n"
                " if other.__class__ is not self.__class__: return NotImplemented\n"
                f" return {comparison}"
            )
    exec(text, known)
    method: Callable[..., Any] = known[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    return method


def _tuple(of: str, names: list[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _constructor(cls: Any, fields: tuple[dataclasses.Field[Any], ...], known: dict[str, Any]) -> str:
    """The text of ``__init__``; what it takes from outside is added to ``known``."""
    taken, lines = ["self"], []
    for field in fields:
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}()" + (f" if {name} is _factory else {name}" if field.init else "")
            default = "=_factory"
        elif field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
        else:
            default = ""
        if field.init:
            taken.append(f"{name}{default}")
            lines.append(f" self.{name} = {value}")
        elif default:
            lines.append(f" self.{name} = {value if value != name else f'_default_{name}'}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    return f"def __init__({', '.join(taken)}):\n" + "\n".join(lines or [" pass"])
