"""The methods of Python's lists, dicts, tuples and strings, on abstract values."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret import configurations, draws
from initlint.interpret.configurations import Configuration
from initlint.interpret.machine import Machine
from initlint.interpret.operators import LARGEST, is_plain, pads_widely, same
from initlint.interpret.standard_library import Parser, parser_method
from initlint.interpret.values import (
    ARRAY,
    MISSING,
    Argument,
    AttributesValue,
    DictValue,
    ListValue,
    Maybe,
    Obj,
    Value,
    Walk,
)
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown


def python_method(
    machine: Machine, receiver: Value, name: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """A method of a list, dict, string or tuple."""
    if machine.watch is not None and positional:
        machine.watch.compared(positional[0], MISSING)
    if isinstance(receiver, Parser):
        return parser_method(machine, receiver, name, list(positional), keywords, place)
    if isinstance(receiver, ListValue):
        return _list_method(machine, receiver, name, list(positional))
    if isinstance(receiver, DictValue):
        if isinstance(receiver, Configuration) and name in configurations.METHODS:
            return configurations.method(machine, receiver, name, positional)
        return _dict_method(machine, receiver, name, list(positional), keywords)
    if isinstance(receiver, (str, bytes)) or is_plain(receiver):
        arguments = [v.items if isinstance(v, ListValue) else v for v in positional]
        if name in {"format", "__format__"} and any(pads_widely(text) for text in (receiver, *arguments)):
            return Unknown("a very long text")
        if all(is_plain(v) and not (isinstance(v, int) and abs(v) > LARGEST) for v in arguments):
            try:
                result = getattr(receiver, name)(*arguments)
            except (AttributeError, TypeError, ValueError, IndexError, KeyError, MemoryError):
                return Unknown(f"{name}() fails on these values")
            return (
                ListValue(tuple(result)) if isinstance(result, list) else result if is_plain(result) else Unknown(name)
            )
    if name == "index" and isinstance(receiver, tuple) and positional:
        return next((i for i, v in enumerate(receiver) if same(v, positional[0])), Unknown("an index"))
    return Unknown(f"the result of {name}()")


def _list_method(machine: Machine, receiver: ListValue, name: str, positional: list[Value]) -> Value:
    value = positional[0] if positional else Unknown("nothing")
    if name == "add" and any(same(value, item) for item in receiver.items):
        return None
    if name in {"append", "add"}:
        machine.write(receiver, "items", (*receiver.items, value))
        draws.repeated(machine, receiver.items if isinstance(value, Obj) else (), machine.here)
        _lengthen(machine, receiver)
        return None
    if name in {"extend", "update"}:
        extend_list(machine, receiver, value, machine.here)
        return None
    if name == "insert" and len(positional) == 2 and isinstance(value, int):
        changed = list(receiver.items)
        changed.insert(max(min(value, len(changed)), -len(changed)), positional[1])
        machine.write(receiver, "items", tuple(changed))
        return None
    if name == "pop":
        index = value if isinstance(value, int) else -1
        if -len(receiver.items) <= index < len(receiver.items):
            changed = list(receiver.items)
            popped = changed.pop(index)
            machine.write(receiver, "items", tuple(changed))
            return popped.value if isinstance(popped, Maybe) else popped
    if name == "copy" or (name == "tolist" and receiver.kind == ARRAY):
        return ListValue(receiver.items, receiver.kind if name == "copy" else "list")
    if name == "index":
        return next((i for i, v in enumerate(receiver.items) if same(v, value)), Unknown("an index"))
    if name == "reverse":
        machine.write(receiver, "items", receiver.items[::-1])
        return None
    return Unknown(f"the result of {name}()")


def extend_list(machine: Machine, receiver: ListValue, value: Value, place: Place) -> None:
    """``receiver.extend(value)``."""
    from initlint.interpret.evaluate import iterate

    more = iterate(machine, value, place)
    if isinstance(value, ListValue) and "length" in value.data:
        machine.write(receiver, "length", Unknown("a list joined from others of unknown length"))
    if more is None or len(receiver.items) + len(more) > LARGEST:
        machine.write(receiver, "length", Unknown("extended by a list that is not known"))
        more = [machine.unknown("items of a list that is not known")]
    machine.write(receiver, "items", (*receiver.items, *more))
    _lengthen(machine, receiver)


def _lengthen(machine: Machine, receiver: ListValue) -> None:
    """A list that a loop of unknown length appends to has that loop's length (or an unknown one)."""
    if machine.repeats and "length" not in receiver.data:
        machine.write(receiver, "length", Argument(f"a list of {machine.repeats[-1]}"))


def _dict_method(
    machine: Machine, receiver: DictValue, name: str, positional: list[Value], keywords: dict[str, Value]
) -> Value:
    if name in {"get", "pop", "setdefault"} and positional:
        key = positional[0]
        default = positional[1] if len(positional) > 1 else keywords.get("default")
        machine.project.registries.seek(machine, receiver, key)
        if is_plain(key) and key in receiver.data:
            value = receiver.data[key]
            if name == "pop":
                machine.write(receiver, key, MISSING)
            return value
        if is_plain(key) and not receiver.open:
            if name == "setdefault":
                machine.write(receiver, key, default)
            return default
        return Argument(str(key)) if isinstance(key, str) and receiver.open else Unknown("a key that is not known")
    if name in {"items", "values"} and isinstance(receiver, AttributesValue) and receiver.modules:
        walked = receiver.data.items() if name == "items" else receiver.data.values()
        return Walk(tuple(walked), "children", receiver.owner)
    if name == "items":
        pairs = ListValue(tuple((key, value) for key, value in receiver.data.items()))
        return Unknown("the items of a dict that is not known") if receiver.open else pairs
    if name == "keys":
        keys = ListValue(tuple(receiver.data), "set")
        return Unknown("the keys of a dict that is not known") if receiver.open else keys
    if name == "values":
        values = ListValue(tuple(receiver.data.values()))
        return Unknown("the values of a dict that is not known") if receiver.open else values
    if name == "move_to_end" and positional and is_plain(positional[0]) and positional[0] in receiver.data:
        value = receiver.data[positional[0]]
        machine.write(receiver, positional[0], MISSING)
        machine.write(receiver, positional[0], value)
        return None
    if name == "update":
        for source in (*positional, DictValue(dict(keywords))):
            if isinstance(source, DictValue):
                for key, value in source.data.items():
                    machine.write(receiver, key, value)
                    if isinstance(receiver, AttributesValue):
                        machine.write(receiver.owner, key, value)
                if isinstance(receiver, AttributesValue) and source.open:
                    machine.write(receiver.owner, ("open",), True)
                receiver.open |= source.open
            else:
                receiver.open = True
        return None
    if name == "copy":
        return DictValue(dict(receiver.data), receiver.open)
    return Unknown(f"the result of {name}()")
