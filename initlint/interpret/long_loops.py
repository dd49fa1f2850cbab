"""Long loops that only reckon: tables of positions, indexes of pairs.

A body that calls nothing but arithmetic and the methods of lists and dicts, and sets no attribute, can make no module
and draw no weight. Of such a loop some passes are run, for what they do to tensors; the rest is left out, and what the
body binds or changes is from then on not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from initlint.interpret.machine import Frame, Machine
from initlint.interpret.operators import is_plain
from initlint.interpret.values import DictValue, Env, ListValue, Value
from initlint.ir import code
from initlint.ir.unknown import Unknown
from initlint.syntax.calls import once_for_code, walk

E = TypeVar("E")

_LONG = 100
_LONG_OF_LOOPS = 32
_PASSES = 20
_FUNCTIONS = frozenset(
    {"abs", "min", "max", "len", "range", "int", "float", "round", "tuple", "list", "sum", "pow", "divmod", "bool"}
)
_CHANGES = frozenset({"append", "extend", "add", "insert", "setdefault", "update"})
_METHODS = _CHANGES | {"get", "index", "count", "items", "keys", "values"}
_MODULES = frozenset({"math", "np", "numpy"})
_ALLOWED = (
    code.Assign, code.Augment, code.Evaluate, code.If, code.For, code.Declare, code.Name, code.Const, code.Attribute,
    code.Subscript, code.Slice, code.Binary, code.Compare, code.Logic, code.Unary, code.Conditional, code.Sequence,
    code.Call, code.Argument, code.Assert,
)  # fmt: skip
_LOOPS = (code.Comprehension, code.Clause)


def run(
    machine: Machine,
    elements: list[Value],
    statement: code.For,
    frame: Frame,
    passes: Callable[[Machine, list[Value], code.For, Frame], E],
) -> E:
    """Run a loop's ``passes`` over the elements: over the first ones, where it is long and only reckons, else over all.
    How the loop ended."""
    if len(elements) <= _LONG_OF_LOOPS:
        return passes(machine, elements, statement, frame)
    long = _LONG_OF_LOOPS if any(isinstance(node, code.For) for node in walk(statement.body)) else _LONG
    if len(elements) <= long or not all(map(is_plain, elements)) or not _only_reckons(statement):
        return passes(machine, elements, statement, frame)
    ending = passes(machine, elements[:_PASSES], statement, frame)
    _forget(machine, statement, frame)
    return ending


# The length of the list in whose place a table is not known.
TABLE = Unknown("a long table of numbers")


def is_table(elements: list[Value], node: code.Comprehension) -> bool:
    """Whether a comprehension over the elements makes a long table of numbers, row by row."""
    return len(elements) > _LONG and all(map(is_plain, elements)) and _reckons_rows(node)


@once_for_code
def _reckons_rows(node: code.Comprehension) -> bool:
    nodes = list(walk(node))
    loops = sum(isinstance(each, code.Clause) for each in nodes)
    return loops > 1 and all(isinstance(each, (*_ALLOWED, *_LOOPS)) and _is_harmless(each) for each in nodes)


def _forget(machine: Machine, statement: code.For, frame: Frame) -> None:
    why = "what a long loop reckons"
    for name in dict.fromkeys(_changed(statement)):
        scope: object = frame.env
        while isinstance(scope, Env) and name not in scope.data:
            scope = scope.outer
        held = scope.data[name] if isinstance(scope, Env) else None
        match held:
            case ListValue():
                machine.write(held, "length", machine.unknown(why))
            case DictValue():
                for key in held.data:
                    machine.write(held, key, machine.unknown(why))
                held.open = True
    for name in dict.fromkeys(_bound(statement)):
        if not isinstance(frame.env.data.get(name), (ListValue, DictValue)):
            machine.write(frame.env, name, machine.unknown(why))


def _only_reckons(statement: code.For) -> bool:
    return all(isinstance(node, _ALLOWED) and _is_harmless(node) for node in walk(statement.body)) and not list(
        walk(statement.otherwise)
    )


def _is_harmless(node: object) -> bool:
    match node:
        case code.Call(code.Name(name)):
            return name in _FUNCTIONS
        case code.Call(code.Attribute(code.Name(owner), name)):
            return owner in _MODULES or name in _METHODS
        case code.Call():
            return False
        case code.Assign(targets):
            return not any(isinstance(each, code.Attribute) for each in walk(targets))
        case code.Augment(target) | code.For(target):
            return not any(isinstance(each, code.Attribute) for each in walk(target))
    return True


def _bound(statement: code.For) -> Iterator[str]:
    for node in (statement, *walk(statement.body)):
        match node:
            case code.Assign(targets):
                yield from _names_of(targets)
            case code.Augment(target) | code.For(target):
                yield from _names_of((target,))


def _names_of(targets: tuple[code.Expr, ...]) -> Iterator[str]:
    for target in targets:
        match target:
            case code.Name(name):
                yield name
            case code.Sequence(_, items):
                yield from _names_of(items)


def _changed(statement: code.For) -> Iterator[str]:
    for node in walk(statement.body):
        match node:
            case code.Call(code.Attribute(code.Name(owner), name)) if name in _CHANGES:
                yield owner
            case code.Assign(targets):
                yield from (root for each in targets if (root := _root_of_item(each)))
            case code.Augment(target):
                yield _root_of_item(target) or getattr(target, "id", "")


def _root_of_item(target: code.Expr) -> str:
    while isinstance(target, code.Subscript):
        target = target.value
        if isinstance(target, code.Name):
            return target.id
    return ""
