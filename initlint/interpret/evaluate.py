"""Expressions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeGuard

from initlint.interpret import attributes, draws, items, long_loops, tensors
from initlint.interpret.calls import call
from initlint.interpret.functions import make_function
from initlint.interpret.link import Imported, Namespace
from initlint.interpret.machine import FIXED, MOST_PASSES, Frame, Machine
from initlint.interpret.operators import as_scalar, binary, compare, distinct, is_plain, truth
from initlint.interpret.python_calls import BUILTINS
from initlint.interpret.values import (
    MISSING,
    Argument,
    DictValue,
    Either,
    Env,
    External,
    ListValue,
    Maybe,
    Missing,
    Obj,
    Range,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import code, dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown


def evaluate(machine: Machine, node: code.Expr, frame: Frame) -> Value:
    """The value of an expression."""
    machine.steps += 1
    if machine.steps > machine.most_steps:
        machine.step()
    return _EVALUATE[type(node)](machine, node, frame)


def _name(machine: Machine, node: code.Name, frame: Frame) -> Value:
    name = node.id
    scope: Env | Namespace | None = frame.env
    while isinstance(scope, Env):
        value = scope.data.get(name, MISSING)
        if value is not MISSING:
            if isinstance(value, Imported):
                return machine.resolve(value)
            if scope.born < machine.begun and not isinstance(value, FIXED):
                machine.touched = True
            return value
        scope = scope.outer
    if scope is not None:
        value = machine.module_name(scope, name)
        if value is not MISSING:
            return value
    builtin = BUILTINS.get(name)
    if builtin is not None:
        return builtin
    return machine.unknown(f"`{node.id}` is not defined where it can be seen", Place(*frame.origin, node.at))


def _const(machine: Machine, node: code.Const, frame: Frame) -> Value:
    return node.value


def _attribute(machine: Machine, node: code.Attribute, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    machine.here = Place(*frame.origin, node.at)
    return attributes.get(machine, value, node.name, machine.here)


def _call(machine: Machine, node: code.Call, frame: Frame) -> Value:
    # What a library's helper does is done by the line of the project that calls it.
    helped = machine.shown is not None and frame.origin[0] in machine.project.stubs
    place = machine.shown if helped and machine.shown is not None else Place(*frame.origin, node.at)
    if isinstance(node.function, code.Name) and node.function.id == "super" and not node.arguments:
        return attributes.make_super(machine, frame)
    function = evaluate(machine, node.function, frame)
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    for argument in node.arguments:
        value = evaluate(machine, argument.value, frame)
        if argument.star == "*":
            items = iterate(machine, value, place)
            positional.extend(items if items is not None else [machine.unknown("`*` of an unknown list", place)])
        elif argument.star == "**":
            _add_keywords(machine, value, keywords)
        elif argument.name is not None:
            keywords[argument.name] = value
        else:
            positional.append(value)
    machine.here = place
    if isinstance(function, External) and function.path == "torch.nn.Sequential":
        called = [argument.value for argument in node.arguments if isinstance(argument.value, code.Name)]
        draws.repeated(machine, positional, place, called)
    return call(machine, function, positional, keywords, place, frame)


def _add_keywords(machine: Machine, value: Value, keywords: dict[str, Value]) -> None:
    if isinstance(value, DictValue):
        keywords.update({key: item for key, item in value.data.items() if isinstance(key, str)})
        if not value.open:
            return
    if not isinstance(value, DictValue):
        machine.unknown("`**` of an unknown dict")
    keywords["**"] = True


def _subscript(machine: Machine, node: code.Subscript, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    key = subscript_key(machine, node.index, frame)
    machine.here = Place(*frame.origin, node.at)
    return items.item(machine, value, key, machine.here)


def subscript_key(machine: Machine, index: code.Expr, frame: Frame) -> Value:
    """The value of what stands in a subscript's brackets."""
    return evaluate(machine, index, frame)


def _slice(machine: Machine, node: code.Slice, frame: Frame) -> Value:
    parts = [
        evaluate(machine, part, frame) if part is not None else None for part in (node.lower, node.upper, node.step)
    ]
    return slice(*parts)


def _binary(machine: Machine, node: code.Binary, frame: Frame) -> Value:
    left, right = evaluate(machine, node.left, frame), evaluate(machine, node.right, frame)
    machine.here = Place(*frame.origin, node.at)
    if tensors.holds_tensor(left) or tensors.holds_tensor(right):
        return tensors.arithmetic(machine, node.operator, left, right, machine.here)
    if node.operator == "%" and isinstance(left, str) and not is_plain(right):
        return machine.unknown("a formatted string")
    result = binary(node.operator, left, right)
    if node.operator == "*" and isinstance(result, ListValue):
        draws.repeated(machine, result.items, machine.here, (node.left, node.right))
    return result


def _compare(machine: Machine, node: code.Compare, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    result: bool | None = True
    for operator, expression in zip(node.operators, node.rights):
        right = evaluate(machine, expression, frame)
        if machine.watch is not None:
            machine.watch.compared(left, right)
        if len(node.rights) == 1 and tensors.is_compared(machine, operator, left, right):
            return tensors.comparison(machine, operator, left, right, Place(*frame.origin, node.at))
        if operator in {"in", "not in"}:
            machine.project.registries.seek(machine, right, left)
        step = compare(operator, left, right, machine.loop_symbols)
        if step is False:
            return False
        result = None if step is None else result
        left = right
    return result if result is not None else Unknown("a comparison of values that are not known")


def _logic(machine: Machine, node: code.Logic, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    decided = truth(left)
    if decided is not None and decided == (node.operator == "or"):
        return left
    right = evaluate(machine, node.right, frame)
    if decided is not None:
        return right
    decided = truth(right)
    if decided is not None and decided == (node.operator == "or") and is_plain(right):
        return right if isinstance(right, bool) else machine.join_values([left, right])
    if node.operator == "or" and not isinstance(left, (Unknown, bool)) and not isinstance(right, (Unknown, bool)):
        return machine.join_values([left, right])
    return Unknown("a condition that is not decided")


def _unary(machine: Machine, node: code.Unary, frame: Frame) -> Value:
    value = evaluate(machine, node.operand, frame)
    if node.operator == "not":
        decided = truth(value)
        return not decided if decided is not None else Unknown("a condition that is not decided")
    if isinstance(value, Tensor):
        return tensors.arithmetic(machine, "*", value, -1, machine.here) if node.operator == "-" else value
    scalar = as_scalar(value)
    if scalar is None:
        return value if isinstance(value, Unknown) else Unknown(f"{node.operator} of a value that is no number")
    if node.operator == "-":
        return dim.multiply(-1, scalar)
    return scalar if node.operator == "+" else (~scalar if isinstance(scalar, int) else Unknown("~ of no integer"))


def _conditional(machine: Machine, node: code.Conditional, frame: Frame) -> Value:
    decided = truth(evaluate(machine, node.test, frame))
    if decided is not None:
        return evaluate(machine, node.body if decided else node.otherwise, frame)
    values = machine.fork(
        [lambda: evaluate(machine, node.body, frame), lambda: evaluate(machine, node.otherwise, frame)]
    )
    return machine.join_values(values)


def _lambda(machine: Machine, node: code.Lambda, frame: Frame) -> Value:
    return make_function(machine, node, frame)


def _sequence(machine: Machine, node: code.Sequence, frame: Frame) -> Value:
    found: list[Value] = []
    for item in node.items:
        if isinstance(item, code.Starred):
            given, place = evaluate(machine, item.value, frame), Place(*frame.origin, item.at)
            more = iterate(machine, given, place)
            if more is None:
                unknown = machine.unknown("`*` of an unknown list")
                more = [items.item(machine, given, unknown, place) if isinstance(given, Tensor) else unknown]
            found.extend(more)
        else:
            found.append(evaluate(machine, item, frame))
    if node.kind == "tuple":
        return tuple(found)
    return ListValue(distinct(tuple(found)) if node.kind == "set" else tuple(found), node.kind)


def _starred(machine: Machine, node: code.Starred, frame: Frame) -> Value:
    return evaluate(machine, node.value, frame)


def _mapping(machine: Machine, node: code.Mapping, frame: Frame) -> Value:
    result = DictValue()
    for key_node, value_node in node.items:
        value = evaluate(machine, value_node, frame)
        if key_node is None:
            if isinstance(value, DictValue):
                result.data.update(value.data)
                result.open |= value.open
            else:
                result.open = True
            continue
        key = evaluate(machine, key_node, frame)
        if isinstance(key, (Unknown, Argument, Either)):
            result.open = True
        elif isinstance(key, Hashable):
            result.data[key] = value
    return result


def _comprehension(machine: Machine, node: code.Comprehension, frame: Frame) -> Value:
    inner = Frame(Env(frame.env), frame.origin, frame.owner, frame.receiver)
    inner.env.data[("comprehension",)] = True
    pairs: list[tuple[Value, Value]] = []
    length = _run_clauses(machine, node, 0, inner, pairs)
    if length is long_loops.TABLE:
        return machine.unknown(long_loops.TABLE.why, Place(*frame.origin, node.at))
    if node.kind == "dict":
        result = DictValue()
        for key, value in pairs:
            if isinstance(key, Hashable) and not isinstance(key, Unknown):
                result.data[key] = value
            else:
                result.open = True
        return result
    values = tuple(value for _, value in pairs)
    draws.repeated(machine, values, Place(*frame.origin, node.at), (node.element,))
    items = ListValue(distinct(values) if node.kind == "set" else values, node.kind)
    if length is not None:
        items.data["length"] = length
    return items


def _run_clauses(
    machine: Machine, node: code.Comprehension, depth: int, frame: Frame, pairs: list[tuple[Value, Value]]
) -> Value:
    """Run the clauses from ``depth`` on; the length of the list, where a loop of unknown length makes it."""
    from initlint.interpret.execute import bind

    if depth == len(node.clauses):
        key = evaluate(machine, node.key, frame) if node.key is not None else None
        value = evaluate(machine, node.element, frame)
        pairs.append((key, value))
        return None
    clause = node.clauses[depth]
    iterable = evaluate(machine, clause.iterable, frame)
    machine.here = Place(*frame.origin, node.at)
    length = items.length(machine, iterable)
    around, open_ended = len(machine.repeats), False
    with items.looping(machine, iterable) as elements, machine.in_blanket(isinstance(iterable, Walk)):
        if depth == 0 and long_loops.is_table(elements, node):
            return long_loops.TABLE
        open_ended = len(machine.repeats) > around
        for item in elements:
            bind(machine, clause.target, item.value if isinstance(item, Maybe) else item, frame)
            tests = [truth(evaluate(machine, test, frame)) for test in clause.tests]
            if False in tests:
                continue
            before = len(pairs)
            inner = _run_clauses(machine, node, depth + 1, frame, pairs)
            open_ended = open_ended or inner is not None
            if None in tests or isinstance(item, Maybe):
                pairs[before:] = [(key, Maybe(value)) for key, value in pairs[before:]]
    if not open_ended:
        return None
    alone = len(node.clauses) == 1 and not clause.tests
    return length if alone else Unknown("the length of a list made in a loop of unknown length")


def _text(machine: Machine, node: code.Text, frame: Frame) -> Value:
    parts = [evaluate(machine, part, frame) for part in node.parts]
    if all(isinstance(part, (str, int, float, bool)) for part in parts):
        return "".join(str(part) for part in parts)
    return Unknown("a formatted string")


def _walrus(machine: Machine, node: code.Walrus, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    scope: Env = frame.env
    while ("comprehension",) in scope.data and isinstance(scope.outer, Env):
        scope = scope.outer  # a comprehension binds in the function around it
    machine.write(scope, node.name, value)
    return value


def _yield(machine: Machine, node: code.Yield, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame) if node.value is not None else None
    if frame.yielded is not None:
        if node.source:
            frame.yielded.extend(iterate(machine, value, machine.here) or [])
        else:
            frame.yielded.append(value)
    return Unknown("what a generator is sent")


def _opaque(machine: Machine, node: code.Opaque, frame: Frame) -> Value:
    return machine.unknown(node.why, Place(*frame.origin, node.at))


def iterate(machine: Machine, value: Value, place: Place, expected: int | None = None) -> list[Value] | None:
    """The items of an iterable; None where even their number is unknown. ``expected`` is the number that an unpacking
    asks for, which a tensor or an unknown tuple then has."""
    match value:
        case tuple():
            return list(value)
        case str():
            return list(value)
        case ListValue() | Walk():
            return list(value.items)
        case DictValue():
            return None if value.open else list(value.data)
        case Range():
            numbers = value.numbers
            return list(numbers) if numbers is not None and _few(numbers) else None
        case Tensor() if machine.graph is None and expected is None:
            rows = items.length(machine, value)
            return [items.item(machine, value, each, place) for each in range(rows)] if _are_few(rows) else None
        case Tensor() if expected is not None:
            return [items.item(machine, value, index, place) for index in range(expected)]
        case Argument(name) if expected is not None:
            return [Argument(f"{name}[{index}]") for index in range(expected)]
        case Either(options) if expected is not None:
            versions = [iterate(machine, option, place, expected) for option in options]
            if all(version is not None and len(version) == expected for version in versions):
                return [machine.join_values(each) for each in zip(*versions)]
            return None
        case Obj():
            return items.object_items(machine, value)
        case Either(options) if machine.graph is None and all(isinstance(option, Obj) for option in options):
            # Of several containers the model has one, so a loop over it reaches the items of whichever it is.
            found = [iterate(machine, option, place) for option in options]
            return [item for each in found for item in each or []] if None not in found else None
        case Missing():
            return None
    return None


def _are_few(rows: Value) -> TypeGuard[int]:
    return isinstance(rows, int) and 0 <= rows <= MOST_PASSES


def _few(numbers: range) -> bool:
    return not numbers[4 * MOST_PASSES :]  # len() fails for a huge range


_EVALUATE: dict[type, Callable[..., Value]] = {
    code.Name: _name, code.Attribute: _attribute, code.Const: _const, code.Call: _call, code.Subscript: _subscript,
    code.Slice: _slice, code.Binary: _binary, code.Compare: _compare, code.Logic: _logic, code.Unary: _unary,
    code.Conditional: _conditional, code.Lambda: _lambda, code.Sequence: _sequence, code.Starred: _starred,
    code.Mapping: _mapping, code.Comprehension: _comprehension, code.Text: _text, code.Walrus: _walrus,
    code.Yield: _yield, code.Opaque: _opaque,
}  # fmt: skip
