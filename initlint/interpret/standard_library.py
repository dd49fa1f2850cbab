"""Functions of Python's standard library that decide how a model is built: argparse, itertools, functools, re, os."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product

from initlint.interpret.enumerations import auto
from initlint.interpret.library_calls import Handler
from initlint.interpret.machine import Machine
from initlint.interpret.operators import LARGEST, binary, is_plain
from initlint.interpret.values import (
    MISSING,
    Argument,
    ClassValue,
    DictValue,
    Env,
    External,
    ListValue,
    Maybe,
    NamespaceValue,
    PartialValue,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import code
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# A pattern that repeats what may itself be repeated can take for ever; few repetitions over a short text cannot.
_NESTED = re.compile(r"[)\]][*+{]|\\\d|\(\?[^:!=]")
_MOST_REPEATS = 4
_LONGEST_TEXT = 80


class Parser(DictValue):
    """An ``argparse.ArgumentParser``: the options by name, each with its default."""

    __slots__ = ()


def parser_method(
    machine: Machine, parser: Parser, name: str, positional: list[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """A method of a parser or of one of its groups, which are taken for the parser itself."""
    if name == "add_argument":
        _add_argument(machine, parser, positional, keywords, place)
        return None
    if name == "set_defaults":
        for key, value in keywords.items():
            machine.write(parser, key, value)
        return None
    if name in {"parse_args", "parse_known_args", "parse_intermixed_args"}:
        options = DictValue(dict(parser.data), parser.open)
        return options if name != "parse_known_args" else (options, Unknown("the arguments that are left"))
    if name == "get_default" and positional and isinstance(positional[0], str):
        return parser.data.get(positional[0])
    if name.startswith("add_"):
        return parser
    return Unknown(f"the result of {name}()")


def _add_argument(
    machine: Machine, parser: Parser, positional: list[Value], keywords: dict[str, Value], place: Place
) -> None:
    names = [name for name in positional if isinstance(name, str)]
    long = next((name for name in names if name.startswith("--")), names[0] if names else None)
    dest = keywords.get("dest", long.lstrip("-").replace("-", "_") if long is not None else None)
    action = keywords.get("action")
    if not isinstance(dest, str):
        parser.open = True
        return
    if action in {"help", "version"}:
        return
    default: Value = Argument(dest)
    if action in {"store_true", "store_false"}:
        default = action == "store_false"
    if "default" in keywords:
        default = keywords["default"]
        kind = keywords.get("type")
        if isinstance(default, str) and isinstance(kind, External):
            from initlint.interpret.calls import call

            default = call(machine, kind, [default], {}, place)
    machine.write(parser, dest, default)


def _parser(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    parser = Parser()
    parents = keywords.get("parents")
    for parent in parents.items if isinstance(parents, ListValue) else ():
        if isinstance(parent, DictValue):
            parser.data.update(parent.data)
        else:
            parser.open = True
    return parser


def _items(machine: Machine, value: Value, place: Place) -> list[Value] | None:
    """The items, where each is there for certain."""
    from initlint.interpret.evaluate import iterate

    if isinstance(value, ListValue) and "length" in value.data:
        return None
    found = iterate(machine, value, place)
    return None if found is None or any(isinstance(item, Maybe) for item in found) else found


def _accumulate(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    items = _items(machine, positional[0], place) if positional else None
    if items is None or len(positional) > 1 or keywords.get("func") is not None:
        return Unknown("accumulate() of values that are not known")
    sums: list[Value] = [keywords["initial"]] if keywords.get("initial") is not None else []
    for item in items:
        sums.append(binary("+", sums[-1], item) if sums else item)
    return ListValue(tuple(sums))


def _product(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    columns = [_items(machine, value, place) for value in positional]
    known = [column for column in columns if column is not None]
    repeat = keywords.get("repeat", 1)
    if len(known) < len(columns) or not isinstance(repeat, int) or not 0 <= repeat <= 4:
        return Unknown("product() of values that are not known")
    count = 1
    for column in known * repeat:
        count *= len(column)
    if count > LARGEST:
        return Unknown("a very long product")
    return ListValue(tuple(product(*known, repeat=repeat)))


def _chain_from(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    parts = _items(machine, positional[0], place) if positional else None
    return _chain(machine, parts, {}, place) if parts is not None else Unknown("chain() of an unknown list")


def _islice(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    items = _items(machine, positional[0], place) if positional else None
    bounds = [bound for bound in positional[1:] if bound is None or (isinstance(bound, int) and bound >= 0)]
    if items is None or not bounds or len(bounds) < len(positional) - 1 or bounds[2:] == [0]:
        return Unknown("islice() of values that are not known")
    part = tuple(items[slice(*bounds)])
    return Walk(part) if isinstance(positional[0], Walk) else ListValue(part)


def _reduce(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    items = _items(machine, positional[1], place) if len(positional) > 1 else None
    if items is None or (not items and len(positional) < 3):
        return Unknown("reduce() over values that are not known")
    result, rest = (positional[2], items) if len(positional) > 2 else (items[0], items[1:])
    for item in rest:
        result = call(machine, positional[0], [result, item], {}, place)
    return result


def _attrgetter(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    if len(positional) != 1 or not isinstance(positional[0], str):
        return Unknown("attrgetter() of names that are not known")
    return PartialValue(External("initlint.get_dotted"), (positional[0],), {})


def _get_dotted(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret import attributes

    if len(positional) != 2 or not isinstance(positional[0], str):
        return Unknown("attrgetter() of names that are not known")
    value = positional[1]
    for name in positional[0].split("."):
        value = attributes.get(machine, value, name, place)
    return value


def _operator(op: str) -> Handler:
    def run(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        if len(positional) == 2 and not any(map(_is_tensor, positional)):
            return binary(op, positional[0], positional[1])
        return Unknown(f"operator {op}")

    return run


def _is_tensor(value: Value) -> bool:
    from initlint.interpret.tensors import holds_tensor

    return holds_tensor(value)


def _expression(function: Callable[..., object]) -> Handler:
    """A function of ``re`` on known texts, where it surely ends soon."""

    def run(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        if not all(isinstance(value, (str, int)) for value in (*positional, *keywords.values())) or not positional:
            return Unknown("a search in a text that is not known")
        pattern = str(positional[0])
        texts = [value for value in positional[1:] if isinstance(value, str)]
        repeats = sum(pattern.count(sign) for sign in "*+{")
        plain = not _NESTED.search(pattern.replace("]+", "+").replace("]*", "*"))
        longest = _LONGEST_TEXT if repeats > 2 else 2 * _LONGEST_TEXT
        if not plain or repeats > _MOST_REPEATS or any(len(text) > longest for text in texts):
            return Unknown("a search by a pattern that is not read")
        try:
            result = function(*positional, **keywords)
        except (re.error, TypeError, ValueError, IndexError):
            return Unknown("a search that fails")
        if isinstance(result, list):
            return ListValue(tuple(result))
        if isinstance(result, re.Match):
            return External("re.Match")  # true, and no more is known of it
        return result if is_plain(result) else Unknown("what a search has found")

    return run


def _environment(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """A variable of the environment has the default that the program gives."""
    default = positional[1] if len(positional) > 1 else keywords.get("default", MISSING)
    return default if default is not MISSING else Unknown("a variable of the environment")


def _named_tuple(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    fields = positional[1] if len(positional) > 1 else keywords.get("field_names")
    if isinstance(fields, str):
        names: Iterable[Value] = fields.replace(",", " ").split()
    else:
        names = _items(machine, fields, place) or ()
    defaults = _items(machine, keywords.get("defaults", ()), place) or []
    declared = [name for name in names if isinstance(name, str)]
    if not declared or not positional or not isinstance(positional[0], str):
        return Unknown("a named tuple whose fields are not known")
    body: list[code.Stmt] = [code.Declare(name, "", place.number) for name in declared]
    members = Env(None)
    for name, value in zip(reversed(declared), reversed(defaults)):
        body[declared.index(name)] = code.Assign(
            (code.Name(name, place.number),), code.Const(None, 0), place.number, "?"
        )
        members.data[name] = value
    made = code.Class(positional[0], (), tuple(body), (), place.number)
    bases = (External("typing.NamedTuple"),)
    return ClassValue(positional[0], positional[0], made, bases, members, (place.path, place.segment), True)


def _as_dict(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.values import Obj

    if not positional or not isinstance(positional[0], Obj):
        return positional[0] if positional and isinstance(positional[0], DictValue) else Unknown("a dict of attributes")
    return DictValue({key: value for key, value in positional[0].data.items() if isinstance(key, str)})


def _import_module(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    name = positional[0] if positional else keywords.get("name")
    namespace = machine.project.namespace(place.path)
    if not isinstance(name, str) or namespace is None:
        return Unknown("a module whose name is not known")
    dotted = name.lstrip(".")
    level = len(name) - len(dotted)
    package = positional[1] if len(positional) > 1 else keywords.get("package")
    if level and isinstance(package, str):  # a name beside that package, wherever this file is
        parents = package.split(".")
        dotted, level = ".".join([*parents[: len(parents) + 1 - level], dotted]), 0
    found = machine.project.find(namespace, dotted, level)
    return found if isinstance(found, External) else NamespaceValue(found)


def _globals(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    namespace = machine.project.namespace(place.path)
    return NamespaceValue(namespace) if namespace is not None else Unknown("globals()")


def _chain(machine: Machine, parts: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.library_calls import LIBRARY

    return LIBRARY["itertools.chain"](machine, parts, keywords, place)


STANDARD: dict[str, Handler] = {
    "argparse.ArgumentParser": _parser,
    "itertools.accumulate": _accumulate,
    "itertools.product": _product,
    "itertools.chain.from_iterable": _chain_from,
    "itertools.islice": _islice,
    "functools.reduce": _reduce,
    "operator.attrgetter": _attrgetter,
    "initlint.get_dotted": _get_dotted,
    "operator.mul": _operator("*"),
    "operator.add": _operator("+"),
    "re.split": _expression(re.split),
    "re.findall": _expression(re.findall),
    "re.sub": _expression(re.sub),
    "re.match": _expression(re.match),
    "re.search": _expression(re.search),
    "re.fullmatch": _expression(re.fullmatch),
    "os.environ.get": _environment,
    "os.getenv": _environment,
    "collections.namedtuple": _named_tuple,
    "dataclasses.asdict": _as_dict,
    "importlib.import_module": _import_module,
    "builtins.globals": _globals,
    "enum.auto": auto,
}
