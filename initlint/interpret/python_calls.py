"""Python's builtins and the methods of its lists, dicts and strings, on abstract values."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Hashable, Sequence

from initlint.interpret import arrays, items, reflection
from initlint.interpret.configurations import CONFIGURATIONS
from initlint.interpret.hierarchy import class_is
from initlint.interpret.instances import instance_of, type_of
from initlint.interpret.library_calls import LIBRARY
from initlint.interpret.machine import Frame, Machine
from initlint.interpret.operators import as_scalar, binary, compare, distinct, is_plain, truth
from initlint.interpret.reparametrise import REPARAMETRISE
from initlint.interpret.standard_library import STANDARD
from initlint.interpret.torch_modules import LENGTH
from initlint.interpret.values import (
    MISSING,
    Argument,
    ClassValue,
    DictValue,
    Either,
    External,
    ListValue,
    Maybe,
    Obj,
    Range,
    Super,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

BUILTINS = {name: External(f"builtins.{name}") for name in dir(builtins)}
_PURE: dict[str, Callable[..., object]] = {
    "int": int, "float": float, "str": str, "bool": bool, "abs": abs, "round": round, "divmod": divmod, "ord": ord,
         "chr": chr, "hash": hash, "complex": complex, "repr": repr}  # fmt: skip


def python_call(
    machine: Machine,
    path: str,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    place: Place,
    frame: Frame | None,
) -> Value:
    """A call into Python itself or into a library function that we know; MISSING for any other."""
    handler = _KNOWN.get(path)
    if handler is not None:
        return handler(machine, list(positional), keywords, place)
    head, _, name = path.rpartition(".")
    if head == "builtins":
        if name in _PURE:
            return _pure(machine, name, positional)
        if name == "pow" and len(positional) == 2:
            return binary("**", *positional)
        if name == "super":
            return _super(positional)
        if name == "locals" and frame is not None:
            return DictValue({key: item for key, item in frame.env.data.items() if isinstance(key, str)})
        if name.endswith(("Error", "Exception", "Warning")) or name in {
            "print",
            "object",
            "id",
            "open",
        }:
            return Unknown(f"the result of {name}()")
        return MISSING
    if head in {"math", "numpy", "np"}:
        from initlint.interpret.library_calls import mathematics

        if head != "math" and (found := arrays.function(name, positional, keywords)) is not MISSING:
            return found
        if head != "math" and positional and isinstance(positional[0], Tensor) and machine.graph is None:
            from initlint.interpret import tensors

            if name in tensors.METHODS:
                return tensors.method(machine, positional[0], name, positional[1:], keywords, machine.here)
        return mathematics(name, positional)
    return MISSING


def _pure(machine: Machine, name: str, positional: Sequence[Value]) -> Value:
    if positional and all(is_plain(value) for value in positional):
        try:
            return _PURE[name](*positional)
        except (TypeError, ValueError, ArithmeticError):
            return Unknown(f"{name}() fails on these values")
    value = positional[0] if positional else Unknown("no argument")
    if name in {"int", "float", "round"}:
        scalar = as_scalar(value)
        if isinstance(value, Either):
            return machine.join_values([_pure(machine, name, [option]) for option in value.options])
        return scalar if scalar is not None else Unknown(f"{name}() of a value that is not known")
    if name == "bool":
        decided = truth(value)
        return decided if decided is not None else Unknown("bool() of a value that is not known")
    return Unknown(f"{name}() of a value that is not known")


def _super(positional: Sequence[Value]) -> Value:
    if len(positional) == 2 and isinstance(positional[0], ClassValue):
        return Super(positional[1], positional[0])
    return Unknown("super() of values that are not known")


def _len(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    return items.length(machine, positional[0]) if positional else Unknown("len()")


def _range(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if len(positional) == 1:
        return Range(0, positional[0], 1)
    return (
        Range(positional[0], positional[1], positional[2] if len(positional) > 2 else 1) if positional else ListValue()
    )


_Found = tuple[list[Value], Value | None, bool]


def _elements(machine: Machine, value: Value) -> _Found | None:
    """The items of a value, the symbolic length of the list they stand for, and whether they come from a walk; None
    where they are not known at all."""
    from initlint.interpret.evaluate import iterate

    symbolic: Value | None = None
    found = iterate(machine, value, machine.here)
    if isinstance(value, ListValue):
        symbolic = value.data.get("length")
    elif isinstance(value, Obj):
        symbolic = value.data.get(LENGTH)
    elif found is None and (isinstance(value, (Range, Argument)) or (isinstance(value, Tensor) and machine.graph)):
        with items.looping(machine, value) as both:
            found = both
        symbolic = items.length(machine, value)
    return None if found is None else (found, symbolic, isinstance(value, Walk))


def _collect(values: list[Value], symbolic: Value | None, walk: bool) -> Value:
    if walk:
        return Walk(tuple(values))
    result = ListValue(tuple(values))
    if symbolic is not None:
        result.data["length"] = symbolic
    return result


def _enumerate(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    found = _elements(machine, positional[0]) if positional else None
    if found is None:
        return Unknown("enumerate() of a value that is not known")
    elements, symbolic, walk = found
    start = positional[1] if len(positional) > 1 else keywords.get("start", 0)
    indices: list[Value] = [binary("+", number, start) for number in range(len(elements))]
    if symbolic is not None and len(elements) == 2:
        indices[1] = binary("-", binary("+", symbolic, start), 1)
    return _collect([_pair(index, element) for index, element in zip(indices, elements)], symbolic, walk)


def _pair(index: Value, element: Value) -> Value:
    return Maybe((index, element.value)) if isinstance(element, Maybe) else (index, element)


def _zip(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    found = [_elements(machine, value) for value in positional]
    sure = [len(each[0]) for each in found if each is not None and _is_sure(each)]
    if None in found and not sure:  # beside what is not known, a walk over modules says how many there are
        sure = [len(each[0]) for each in found if each is not None and each[2] and each[1] is None]
    if not found or (not sure and None in found):
        return Unknown("zip() of values that are not known")
    count = min(sure, default=2)
    # What is zipped has one length, so that where one is known, the others are as long.
    columns = [_column(each, count) if sure or each is None else each[0] for each in found]
    symbolic = next((each[1] for each in found if each is not None and each[1] is not None), None)
    walk = any(each[2] for each in found if each is not None)
    rows = [_row(items) for items in zip(*map(_aligned, columns))]
    return _collect(rows, None if sure else symbolic, walk)


def _aligned(column: list[Value]) -> list[Value]:
    """The items by what stands beside them; those stay in doubt that several missing ones may have moved."""
    doubts = sum(isinstance(item, Maybe) for item in column)
    return column if doubts > 1 else [item.value if isinstance(item, Maybe) else item for item in column]


def _row(items: tuple[Value, ...]) -> Value:
    if not any(isinstance(item, Maybe) for item in items):
        return items
    unknown = Unknown("an item of a list that may be shorter")
    return Maybe(tuple(unknown if isinstance(item, Maybe) else item for item in items))


def _is_sure(found: _Found) -> bool:
    """Whether the items are all there is, no more and no fewer."""
    return found[1] is None and not found[2] and not any(isinstance(item, Maybe) for item in found[0])


def _column(found: _Found | None, count: int) -> list[Value]:
    """The items that stand beside ``count`` others; of a list of unknown length, the first and the last are known."""
    if found is not None and (_is_sure(found) or found[1] is None):
        return found[0]
    middle: list[Value] = [Unknown("an item of a list of unknown length")] * count
    if found is not None and len(found[0]) == 2 and count:
        middle[0], middle[-1] = found[0] if count > 1 else (found[0][0], found[0][0])
    return middle


def _list(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if not positional:
        return ListValue()
    found = _elements(machine, positional[0])
    return _collect(*found) if found is not None else Unknown("list() of a value that is not known")


def _set(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    found = _list(machine, positional, _, place)
    if isinstance(found, ListValue):
        return ListValue(distinct(found.items), "set")
    return found


def _iter(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    value = positional[0] if positional else Unknown("iter()")
    found = _elements(machine, value)
    if found is None or found[1] is not None or found[2] or isinstance(value, Tensor):
        return value
    return ListValue(tuple(found[0]), "iterator")


def _tuple(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if not positional:
        return ()
    found = _elements(machine, positional[0])
    if found is None or found[1] is not None or any(isinstance(v, Maybe) for v in found[0]):
        return positional[0] if found is not None else Unknown("tuple() of a value that is not known")
    return tuple(found[0])


def _reversed(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    found = _elements(machine, positional[0]) if positional else None
    if found is None:
        return Unknown("reversed() of a value that is not known")
    return _collect(found[0][::-1], found[1], found[2])


def _sorted(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    found = _elements(machine, positional[0]) if positional else None
    if found is not None and found[1] is None and all(is_plain(v) for v in found[0]) and "key" not in keywords:
        try:
            return ListValue(tuple(sorted(found[0], reverse=keywords.get("reverse") is True)))  # type: ignore[type-var]
        except TypeError:
            pass
    return Unknown("sorted() of values that are not known")


def _dict(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    result = DictValue(dict(keywords), open_="**" in keywords)
    result.data.pop("**", None)
    if positional:
        source = positional[0]
        found = _elements(machine, source) if not isinstance(source, DictValue) else None
        if isinstance(source, DictValue):
            result.data = {**source.data, **result.data}
            result.open |= source.open
        elif found is not None and all(isinstance(v, tuple) and len(v) == 2 for v in found[0]):
            result.data.update((v[0], v[1]) for v in found[0] if isinstance(v, tuple) and isinstance(v[0], Hashable))
        else:
            result.open = True
    return result


def _extreme(name: str) -> Callable[[Machine, list[Value], dict[str, Value], Place], Value]:
    def run(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        values = positional
        if len(positional) == 1:
            found = _elements(machine, positional[0])
            values = found[0] if found is not None and found[1] is None else []
        if values and "key" not in keywords:
            if all(isinstance(v, (int, float)) for v in values) or all(isinstance(v, str) for v in values):
                return (min if name == "min" else max)(values)  # type: ignore[type-var]
            best = values[0]
            for value in values[1:]:
                less = compare("<", value, best, machine.loop_symbols)
                if less is None:
                    return Unknown(f"{name}() of values that are not known")
                best = value if less == (name == "min") else best
            return best
        return Unknown(f"{name}() of values that are not known")

    return run


def _sum(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.tensors import arithmetic, holds_tensor

    found = _elements(machine, positional[0]) if positional else None
    if found is None or found[1] is not None:
        return Unknown("sum() of values that are not known")
    total: Value = positional[1] if len(positional) > 1 else 0
    for value in found[0]:
        if holds_tensor(value) or holds_tensor(total):
            total = value if total == 0 else arithmetic(machine, "+", total, value, place)
        else:
            total = binary("+", total, value)
    return total


def _quantifier(want: bool) -> Callable[[Machine, list[Value], dict[str, Value], Place], Value]:
    def run(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
        found = _elements(machine, positional[0]) if positional else None
        if found is None:
            return Unknown("a condition over values that are not known")
        results = [truth(v.value) if isinstance(v, Maybe) else truth(v) for v in found[0]]
        if want in results:
            return want
        return Unknown("a condition that is not decided") if None in results else not want

    return run


def _isinstance(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if len(positional) != 2:
        return Unknown("isinstance()")
    value, wanted = positional
    if isinstance(wanted, ListValue):
        wanted = wanted.items
    decided = instance_of(value, wanted)
    return decided if decided is not None else Unknown("isinstance() of a value that is not known")


def _issubclass(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    decided = class_is(positional[0], positional[1]) if len(positional) == 2 else None
    return decided if decided is not None else Unknown("issubclass() of values that are not known")


def _map(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    found = _elements(machine, positional[1]) if len(positional) == 2 else None
    if found is None:
        return Unknown("map() over a value that is not known")
    return _collect([call(machine, positional[0], [v], {}, place) for v in found[0]], found[1], found[2])


def _filter(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    found = _elements(machine, positional[1]) if len(positional) == 2 else None
    if found is None:
        return Unknown("filter() over a value that is not known")
    kept: list[Value] = []
    for value in found[0]:
        decided = truth(value if positional[0] is None else call(machine, positional[0], [value], {}, place))
        if decided is not False:
            kept.append(value if decided else Maybe(value))
    return _collect(kept, found[1], found[2])


def _next(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    found = _elements(machine, positional[0]) if positional else None
    source = positional[0] if positional else None
    if isinstance(source, ListValue) and source.kind in {"iterator", "generator"} and source.items:
        machine.write(source, "items", source.items[1:])
    if found is not None and found[0] and not isinstance(found[0][0], Maybe):
        return found[0][0]
    return positional[1] if len(positional) > 1 and found is not None and not found[0] else Unknown("next()")


_BUILTIN: dict[str, Callable[[Machine, list[Value], dict[str, Value], Place], Value]] = {
    "len": _len, "range": _range, "enumerate": _enumerate, "zip": _zip, "list": _list, "tuple": _tuple, "set": _set,
    "frozenset": _set, "dict": _dict, "iter": _iter, "next": _next, "reversed": _reversed, "sorted": _sorted,
    "min": _extreme("min"), "max": _extreme("max"), "sum": _sum, "any": _quantifier(True), "all": _quantifier(False),
    "map": _map, "filter": _filter, "isinstance": _isinstance, "issubclass": _issubclass, "type": type_of,
    "getattr": reflection.getattr_, "hasattr": reflection.hasattr_, "setattr": reflection.setattr_,
    "delattr": reflection.delattr_, "vars": reflection.vars_, "callable": reflection.callable_,
}  # fmt: skip
_KNOWN = {f"builtins.{name}": handler for name, handler in _BUILTIN.items()} | (
    REPARAMETRISE | LIBRARY | CONFIGURATIONS | STANDARD  # of two for one path the latter
)
# Python's own functions that we know.
PYTHON = frozenset(f"builtins.{name}" for name in (*_BUILTIN, *_PURE))
