"""Subscripts, lengths, and what a loop runs over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from initlint.interpret import shapes
from initlint.interpret.configurations import Configuration
from initlint.interpret.enumerations import is_enumeration
from initlint.interpret.hierarchy import mro
from initlint.interpret.machine import Machine
from initlint.interpret.operators import as_scalar, is_plain
from initlint.interpret.strays import COPIED
from initlint.interpret.torch_init import ROW, SLICE, make_tensor, row_of, slice_of
from initlint.interpret.torch_modules import LENGTH, children, container_of
from initlint.interpret.values import (
    ARRAY,
    MISSING,
    Argument,
    AttributesValue,
    Bound,
    ClassValue,
    DictValue,
    Either,
    External,
    ListValue,
    Maybe,
    NamespaceValue,
    Obj,
    Range,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import dim
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# How many items an object's own ``__getitem__`` is asked for.
_MOST_ITEMS = 256
_MOST_CHOICES = 8  # modules of which a forward runs one, we can't tell which
ROWS = "steps"  # the symbol of a loop over the rows of a tensor


def item(machine: Machine, value: Value, key: Value, place: Place) -> Value:
    """``value[key]``."""
    if machine.watch is not None:
        machine.watch.compared(key, MISSING)
    match value:
        case tuple() | ListValue() | Walk() | str():
            return _of_sequence(machine, value, key)
        case DictValue():
            return _of_dict(machine, value, key)
        case Tensor():
            if machine.graph is not None:
                return machine.graph.emit("reshape", _selection(key), [value], place, value=_taken(key))
            if _selects_by_list(key):  # a copy, unlike what slices and numbers select
                some = Initializer("a selection", "unknown")
                chosen = make_tensor(machine, Unknown("the shape of a selection"), some, place)
                chosen.data[COPIED] = value.base or value
                return chosen
            part = Tensor(place, base=value.base or value, partial=not _covers(key), detached=value.detached)
            part.data["shape"] = shapes.indexed(value.data.get("shape"), key)
            if (bounds := slice_of(value, key)) is not None:
                part.data[SLICE] = bounds
            elif not value.partial and (value.base is None or value.data is value.base.data):
                part.data[ROW] = row_of(value.data.get("shape"), key)
            return part
        case Obj():
            return _of_object(machine, value, key, place)
        case Argument(name):
            return Argument(f"{name}[{key!r}]") if is_plain(key) else Unknown("an item of an argument")
        case Either(options):
            usable = [option for option in options if option is not None]
            return machine.join_values([item(machine, option, key, place) for option in usable])
        case External(path):
            from initlint.interpret.stubs import stub_value

            if path.endswith(".__dict__") and isinstance(key, str):
                return External(f"{path.removesuffix('__dict__')}{key}")
            table = stub_value(machine, path)  # MISSING for Generic[int], Callable[[int], int]
            return item(machine, table, key, place) if isinstance(table, (DictValue, Obj)) else value
        case ClassValue():
            found = value.members.data.get(key) if isinstance(key, str) and is_enumeration(value) else value
            return found if found is not None else Unknown(f"no member `{key}`")
        case NamespaceValue(namespace) if isinstance(key, str):
            return machine.module_name(namespace, key)
        case Range():
            return _of_range(value, key)
        case Unknown():
            return value
    return machine.unknown("an item of a value that is not known", place)


def _selects_by_list(key: Value) -> bool:
    """Whether an index selects elements by a list of their numbers."""
    return any(isinstance(part, ListValue) for part in (key if isinstance(key, tuple) else (key,)))


def _of_sequence(machine: Machine, value: tuple[Value, ...] | ListValue | Walk | str, key: Value) -> Value:
    sequence = value.items if isinstance(value, (ListValue, Walk)) else value
    symbolic = isinstance(value, ListValue) and "length" in value.data
    if isinstance(key, slice):
        if any(part is not None and not isinstance(part, int) for part in (key.start, key.stop, key.step)):
            machine.unknown("a slice whose bounds are not known")
            return ListValue(tuple(v if isinstance(v, Maybe) else Maybe(v) for v in sequence))
        if key.step == 0:
            return Unknown("a slice with step 0")
        part = sequence[key]
        if isinstance(value, (ListValue, Walk)):
            result = ListValue(tuple(part), ARRAY if isinstance(value, ListValue) and value.kind == ARRAY else "list")
            if symbolic:
                result.data["length"] = Unknown("the length of a slice")
            return result
        return part
    if isinstance(key, bool) or not isinstance(key, int):
        if isinstance(key, (Dim, Argument)) and symbolic and sequence:
            return sequence[-1]
        if isinstance(value, ListValue) and value.kind == ARRAY:
            return Unknown("elements of an array")
        found = [v.value if isinstance(v, Maybe) else v for v in sequence]
        if any(isinstance(each, (Tensor, Obj)) for each in found[4:]):
            return machine.part(ListValue(tuple(found)), "an item at an index that is not known")
        return machine.join_values(found) if 0 < len(found) <= 4 else Unknown("an item at an index that is not known")
    if symbolic and key not in (0, -1):
        return Unknown("an item of a list of unknown length")
    if not -len(sequence) <= key < len(sequence):
        return Unknown("an index beyond the end")
    if any(isinstance(v, Maybe) for v in (sequence[: key + 1] if key >= 0 else sequence[key:])):
        return Unknown("an item of a list whose length depends on a condition")
    return sequence[key]


def _of_dict(machine: Machine, value: DictValue, key: Value) -> Value:
    if isinstance(value, AttributesValue) and not (is_plain(key) and key in value.data):
        from initlint.interpret.attributes import registered

        if key == "_modules" or key == "_parameters":
            return registered(value.owner, str(key))
        return machine.part(value.owner, "an attribute whose name is not known")
    if isinstance(key, Either):
        return machine.join_values([_of_dict(machine, value, option) for option in key.options])
    machine.project.registries.seek(machine, value, key)
    if (is_plain(key) or isinstance(key, (External, ClassValue))) and key in value.data:
        return value.data[key]
    if not is_plain(key) and 0 < len(value.data) <= 4 and not value.open:
        return machine.join_values(list(value.data.values()))
    if not is_plain(key) and any(isinstance(held, (Tensor, Obj)) for held in value.data.values()):
        return machine.part(ListValue(tuple(value.data.values())), "an item under a key that is not known")
    if isinstance(value, Configuration) and value.open and isinstance(key, str):
        return Argument(key)
    return Unknown("a key that the dict is not seen to have")


def _of_object(machine: Machine, obj: Obj, key: Value, place: Place) -> Value:
    if container_of(obj) is None:
        from initlint.interpret.attributes import get
        from initlint.interpret.calls import call

        named = _iterated(machine, obj) if _is_named_tuple(obj) else None
        if named is not None:
            return _of_sequence(machine, tuple(named), key)
        method = get(machine, obj, "__getitem__", place)
        return call(machine, method, [key], {}, place, None) if isinstance(method, Bound) else Unknown("an item")
    if isinstance(key, str):
        return obj.data.get(key, Unknown(f"no item `{key}`"))
    values = [value for _, value in children(obj)] or [
        value for name, value in obj.data.items() if isinstance(name, str) and name.isdigit()
    ]
    if isinstance(key, slice):
        if any(part is not None and not isinstance(part, int) for part in (key.start, key.stop, key.step)):
            return machine.part(obj, "a slice whose bounds are not known")
        if key.step == 0:
            return Unknown("a slice with step 0")
        part = Obj(External(container_of(obj) or ""), obj.made, obj.outer)
        names = [name for name in obj.data if isinstance(name, str) and name.isdigit()]
        if len(names) == len(values) and container_of(obj) == "torch.nn.Sequential":
            part.data.update(zip(names[key], values[key]))  # a slice of a Sequential keeps its names
        else:
            part.data.update((str(number), value) for number, value in enumerate(values[key]))
        return part
    if isinstance(key, int) and -len(values) <= key < len(values) and ("open",) not in obj.data:
        return values[key]
    if isinstance(key, (Dim, Argument)) and isinstance(obj.data.get(LENGTH), (Dim, Argument)) and values:
        return values[-1]
    if machine.graph is not None and 0 < len(values) <= _MOST_CHOICES and ("open",) not in obj.data:
        return values[0] if len(values) == 1 else Either(tuple(values))
    return machine.part(obj, "an item at an index that is not known")


def _of_range(value: Range, key: Value) -> Value:
    numbers = value.numbers
    if numbers is not None and isinstance(key, int) and -len(numbers) <= key < len(numbers):
        return numbers[key]
    return Unknown("an item of a range")


def _selection(key: Value) -> str:
    """What an index takes of a tensor: all of it (``unsqueeze``), a ``slice`` of it, perhaps all, or what it picks
    (``index``)."""
    parts = key if isinstance(key, tuple) else (key,)
    if all(_covers(part) or (isinstance(part, slice) and part == slice(0, None, None)) for part in parts):
        return "unsqueeze"
    return "slice" if all(_covers(part) or isinstance(part, (slice, Either, Unknown)) for part in parts) else "index"


def _taken(key: Value) -> int | None:
    """How many places an index takes along the one axis on which it chooses, less than zero for all but so many; None
    where it chooses on the first axis, on several, on one counted from the last, or by what is no number."""
    parts = key if isinstance(key, tuple) else (key,)
    chosen = [part for part in parts if not _covers(part)]
    if len(chosen) != 1 or not _covers(parts[0]) or any(part is Ellipsis for part in parts):
        return None
    match chosen[0]:
        case bool():
            return None
        case int():
            return 1
        case slice(start=None | int(), stop=None | int(), step=None | 1) as part:
            start, stop = part.start or 0, part.stop
            if stop is None:
                return -start
            return stop - start if (start < 0) is (stop < 0) or start == 0 else None
    return None


def _covers(key: Value) -> bool:
    return key is Ellipsis or key is None or (isinstance(key, slice) and key == slice(None, None, None))


def length(machine: Machine, value: Value) -> Value:
    """``len(value)`` as a number or symbol, else Unknown."""
    match value:
        case ListValue():
            symbolic = value.data.get("length")
            if symbolic is not None:
                return symbolic
            return _count(value.items)
        case tuple() | str():
            return len(value)
        case Walk():
            return _count(value.items)
        case DictValue():
            return Unknown("the length of an open dict") if value.open else len(value.data)
        case Range(start, stop, step):
            if value.numbers is not None:
                return _length_of(value.numbers)
            first, last = as_scalar(start), as_scalar(stop)
            if first is not None and last is not None and step == 1:
                found = dim.subtract(last, first)
                return found if found is not None else Unknown("the length of a range")
            return Unknown("the length of a range")
        case Obj():
            if LENGTH in value.data:
                return value.data[LENGTH]
            if container_of(value) is not None and ("open",) not in value.data:
                return sum(1 for key in value.data if isinstance(key, str))
            if (method := _own_method(machine, value, "__len__")) is not None:
                from initlint.interpret.calls import call

                return call(machine, method, [], {}, machine.here)
            named = _iterated(machine, value) if _is_named_tuple(value) else None
            return len(named) if named is not None else Unknown("the length of an object")
        case Argument(name):
            return Argument(f"len({name})")
        case Tensor() if isinstance(shape := value.data.get("shape"), tuple) and shape:
            return shape[0]
        case Tensor():
            return Argument(f"len(shape{value.node})") if value.node is not None else Unknown("the length of a tensor")
    return Unknown("the length of a value that is not known")


def _length_of(numbers: range) -> Value:
    try:
        return len(numbers)
    except OverflowError:
        return Unknown("the length of a huge range")


def _count(items: tuple[Value, ...]) -> Value:
    return (
        Unknown("a list whose length depends on a condition")
        if any(isinstance(i, Maybe) for i in items)
        else len(items)
    )


def object_items(machine: Machine, obj: Obj) -> list[Value] | None:
    """What iterating over an object gives: a container's modules, a named tuple's fields, what ``__iter__`` returns."""
    if container_of(obj) is None:
        return _iterated(machine, obj)
    keys = [key for key in obj.data if isinstance(key, str)]
    if container_of(obj) in {"torch.nn.ModuleDict", "torch.nn.ParameterDict"}:
        return list(keys)
    if container_of(obj) == "torch.nn.Sequential" and (named := [name for name, _ in children(obj)]):
        keys = named
    else:
        keys = [key for key in keys if key.isdigit()]
    return [Maybe(obj.data[key]) if ("optional", key) in obj.data else obj.data[key] for key in keys]


def _iterated(machine: Machine, obj: Obj) -> list[Value] | None:
    from initlint.interpret.calls import call
    from initlint.interpret.evaluate import iterate
    from initlint.interpret.records import fields

    if not isinstance(obj.cls, ClassValue):
        return None
    if _is_named_tuple(obj):
        return [obj.data.get(name, Unknown(f"field `{name}`")) for name in fields(obj.cls)]
    method = _own_method(machine, obj, "__iter__")
    if method is not None:
        return iterate(machine, call(machine, method, [], {}, machine.here), machine.here)
    count = length(machine, obj)
    method = _own_method(machine, obj, "__getitem__")
    if method is not None and isinstance(count, int) and 0 <= count <= _MOST_ITEMS:
        return [call(machine, method, [number], {}, machine.here) for number in range(count)]
    return None


def _is_named_tuple(obj: Obj) -> bool:
    return isinstance(obj.cls, ClassValue) and External("typing.NamedTuple") in mro(obj.cls)


def _own_method(machine: Machine, obj: Obj, name: str) -> Bound | None:
    """A method that a class of the project defines."""
    from initlint.interpret.attributes import get

    if not isinstance(obj.cls, ClassValue) or not any(
        isinstance(base, ClassValue) and name in base.members.data for base in mro(obj.cls)
    ):
        return None
    found = get(machine, obj, name, machine.here)
    return found if isinstance(found, Bound) and found.function is not None else None


@contextmanager
def looping(machine: Machine, iterable: Value) -> Iterator[list[Value]]:
    """The items that a loop runs over. A loop of unknown length runs twice, with its first and its last item, and what
    it makes is marked as repeated."""
    from initlint.interpret.evaluate import iterate

    items = iterate(machine, iterable, machine.here)
    symbol: str | None = None
    added: set[str] = set()
    if items is None:
        items, symbol, added = _first_and_last(machine, iterable)
    elif isinstance(iterable, ListValue) and "length" in iterable.data:
        symbol = _symbol(iterable.data["length"])
    elif isinstance(iterable, Obj) and LENGTH in iterable.data:
        symbol = _symbol(iterable.data[LENGTH])
    new_symbols = added - machine.loop_symbols
    machine.loop_symbols |= new_symbols
    if symbol is not None:
        machine.repeats.append(symbol)
    try:
        yield items
    finally:
        machine.loop_symbols -= new_symbols
        if symbol is not None:
            machine.repeats.pop()


def _symbol(count: Value) -> str:
    return (
        count.name if isinstance(count, Argument) else "an unknown number" if isinstance(count, Unknown) else str(count)
    )


def _first_and_last(machine: Machine, iterable: Value) -> tuple[list[Value], str, set[str]]:
    match iterable:
        case Range(start, stop, step):
            first, bound = as_scalar(start), as_scalar(stop)
            if first is not None and bound is not None and isinstance(step, int) and step:
                last = dim.subtract(bound, step)
                names = {name for value in (first, bound) if isinstance(value, Dim) for name, _ in value.powers}
                count = length(machine, iterable)
                return [start, last if last is not None else Unknown("a last index")], str(count), names
        case Argument(name):
            return [Argument(f"{name}[0]"), Argument(f"{name}[-1]")], f"len({name})", set()
        case Tensor():
            return [item(machine, iterable, number, machine.here) for number in range(2)], ROWS, set()
    why = iterable if isinstance(iterable, Unknown) else machine.unknown("a loop over a value that is not known")
    return [why, why], "an unknown number", set()
