"""Statements."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Union

from initlint.interpret import attributes, items, long_loops, records, strays, tensors
from initlint.interpret.alternatives import imports_or_else
from initlint.interpret.enumerations import make_members
from initlint.interpret.evaluate import evaluate, iterate, subscript_key
from initlint.interpret.functions import make_function
from initlint.interpret.link import Imported, Namespace
from initlint.interpret.machine import MOST_PASSES, Frame, Machine
from initlint.interpret.matching import matches
from initlint.interpret.misuses import keeping_mode, mode_within
from initlint.interpret.operators import binary, truth
from initlint.interpret.overridden import made_subclass
from initlint.interpret.python_methods import extend_list
from initlint.interpret.registries import register
from initlint.interpret.stubs import stub_of
from initlint.interpret.sweeps import looping
from initlint.interpret.torch_init import scale_in_place
from initlint.interpret.torch_modules import container_of, extend
from initlint.interpret.values import (
    ARRAY,
    MISSING,
    AttributesValue,
    ClassValue,
    DictValue,
    Env,
    ListValue,
    Maybe,
    Obj,
    Tensor,
    Value,
)  # fmt: skip
from initlint.ir import code
from initlint.ir.place import Place

# How a block ended: None for its end; break, continue or raise; or a return with its value.
Ending = Union[None, str, tuple[str, Value]]
_JUMPS = ("break", "continue", "raise")


def run_block(machine: Machine, statements: tuple[code.Stmt, ...], frame: Frame) -> Ending:
    """Run statements in order."""
    for number, statement in enumerate(statements):
        machine.steps += 1
        if machine.steps > machine.most_steps:
            machine.step()
        if isinstance(statement, code.If):
            ending, consumed = _run_if(machine, statement, statements[number + 1 :], frame)
            if ending is not None or consumed:
                return ending
            continue
        ending = _RUN[type(statement)](machine, statement, frame)
        if ending is not None:
            return ending
    return None


def _run_if(machine: Machine, statement: code.If, rest: tuple[code.Stmt, ...], frame: Frame) -> tuple[Ending, bool]:
    """Run an if. Where it is not decided and one branch leaves the block, the rest of the block runs in the other
    branch alone; the flag says that the rest has been run."""
    decided = machine.sweeps.asks(statement, frame.origin, truth(evaluate(machine, statement.test, frame)))
    if decided is not None:
        with machine.sweeps.branches:
            return run_block(machine, statement.body if decided else statement.otherwise, frame), False
    consumed = _may_leave(statement.body) or _may_leave(statement.otherwise)

    def branch(body: tuple[code.Stmt, ...]) -> Callable[[], Ending]:
        def run() -> Ending:
            ending = run_block(machine, body, frame)
            return run_block(machine, rest, frame) if ending is None and consumed else ending

        return run

    endings = machine.fork([branch(statement.body), branch(statement.otherwise)], alive=lambda e: e != "raise")
    return _meet(machine, endings, frame), consumed


def _may_leave(body: tuple[code.Stmt, ...]) -> bool:
    """Whether the last statement of a block leaves it (on some path)."""
    if not body:
        return False
    match body[-1]:
        case code.Return() | code.Raise():
            return True
        case code.Jump(kind):
            return kind != "pass"
        case code.If(_, inner, otherwise):
            return _may_leave(inner) or _may_leave(otherwise)
    return False


def _meet(machine: Machine, endings: list[Ending], frame: Frame) -> Ending:
    """How two branches end together. Where only one returns, its value is kept and the other goes on."""
    if not isinstance(endings[0], tuple) and all(ending == endings[0] for ending in endings):
        return endings[0]
    returned = [ending[1] for ending in endings if isinstance(ending, tuple)]
    if len(returned) == len(endings):
        return ("return", machine.join_values(returned))
    frame.returned.extend(returned)
    others = {ending for ending in endings if not isinstance(ending, tuple)}
    return others.pop() if len(others) == 1 else ("continue" if others <= {"continue", None} else None)


def _assign(machine: Machine, statement: code.Assign, frame: Frame) -> Ending:
    value = evaluate(machine, statement.value, frame)
    strays.rebound(machine, statement, value, frame)
    for target in statement.targets:
        bind(machine, target, value, frame)
    return None


def bind(machine: Machine, target: code.Expr, value: Value, frame: Frame) -> None:
    """Assign to a name, an attribute, a subscript, or a tuple of such."""
    match target:
        case code.Name(name):
            machine.write(frame.env.home(name), name, value)
        case code.Attribute(owner, name, at):
            place = Place(*frame.origin, at)
            machine.here = place
            attributes.assign(machine, evaluate(machine, owner, frame), name, value, place)
        case code.Subscript(owner, index, at):
            machine.here = Place(*frame.origin, at)
            _bind_item(machine, evaluate(machine, owner, frame), subscript_key(machine, index, frame), value, at, frame)
        case code.Sequence(_, items):
            _unpack(machine, items, value, frame)
        case code.Starred(inner):
            bind(machine, inner, value, frame)


def _bind_item(machine: Machine, owner: Value, key: Value, value: Value, at: int, frame: Frame) -> None:
    if isinstance(owner, AttributesValue) and isinstance(key, str):
        machine.write(owner.owner, key, value)
    if isinstance(owner, DictValue):
        try:
            machine.write(owner, key, value)
        except TypeError:
            owner.open = True
    elif isinstance(owner, ListValue):
        if isinstance(key, int) and -len(owner.items) <= key < len(owner.items):
            changed = list(owner.items)
            changed[key] = value
            machine.write(owner, "items", tuple(changed))
        elif isinstance(key, slice):
            changed = list(owner.items)
            more = iterate(machine, value, machine.here)
            if more is None or any(not isinstance(part, (int, type(None))) for part in (key.start, key.stop, key.step)):
                machine.write(owner, "length", machine.unknown("a slice of a list was replaced"))
            else:
                changed[key] = more
                machine.write(owner, "items", tuple(changed))
    elif isinstance(owner, Tensor):
        tensors.assign_elements(machine, owner, key, value, Place(*frame.origin, at))
    else:
        attributes.assign_item(machine, owner, key, value, Place(*frame.origin, at))


def _unpack(machine: Machine, targets: tuple[code.Expr, ...], value: Value, frame: Frame) -> None:
    star = next((i for i, target in enumerate(targets) if isinstance(target, code.Starred)), None)
    parts = iterate(machine, value, machine.here, expected=len(targets))
    items = [part.value if isinstance(part, Maybe) else part for part in parts] if parts is not None else None
    if items is None or (len(items) != len(targets) if star is None else len(items) < len(targets) - 1):
        for target in targets:
            bind(machine, target, machine.unknown("unpacked from a value of unknown length"), frame)
        return
    if star is not None:
        tail = len(targets) - star - 1
        middle = ListValue(tuple(items[star : len(items) - tail]))
        items = [*items[:star], middle, *items[len(items) - tail :]]
    for target, item in zip(targets, items):
        bind(machine, target, item, frame)


def _augment(machine: Machine, statement: code.Augment, frame: Frame) -> Ending:
    place = Place(*frame.origin, statement.at)
    machine.here = place
    left = evaluate(machine, statement.target, frame)
    right = evaluate(machine, statement.value, frame)
    if isinstance(left, ListValue) and left.kind != ARRAY and statement.operator == "+":
        extend_list(machine, left, right, place)
        return None
    if isinstance(left, Obj) and container_of(left) is not None and statement.operator == "+":
        extend(machine, left, right)
        return None
    if isinstance(left, Tensor) and left.node is None and machine.graph is None:
        scale_in_place(machine, left, statement.operator, right, place)
        return None
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        bind(machine, statement.target, tensors.augmented(machine, statement.operator, left, right, place), frame)
        return None
    bind(machine, statement.target, binary(statement.operator, left, right), frame)
    return None


def _return(machine: Machine, statement: code.Return, frame: Frame) -> Ending:
    return ("return", evaluate(machine, statement.value, frame) if statement.value is not None else None)


def _evaluate(machine: Machine, statement: code.Evaluate, frame: Frame) -> Ending:
    strays.discarded(machine, statement, evaluate(machine, statement.value, frame), frame)
    return None


def _for(machine: Machine, statement: code.For, frame: Frame) -> Ending:
    iterable = evaluate(machine, statement.iterable, frame)
    machine.here = place = Place(*frame.origin, statement.at)
    again = partial(_passes, machine, statement=statement, frame=frame)
    with items.looping(machine, iterable) as elements, looping(machine, iterable, place, again, statement):
        ending = long_loops.run(machine, elements, statement, frame, _passes)
    if ending in ("break", "continue"):
        return None
    return run_block(machine, statement.otherwise, frame) if ending is None else ending


def _passes(machine: Machine, elements: list[Value], statement: code.For, frame: Frame) -> Ending:
    for item in elements:
        value = item.value if isinstance(item, Maybe) else item

        def body(value: Value = value) -> Ending:
            bind(machine, statement.target, value, frame)
            return run_block(machine, statement.body, frame)

        if isinstance(item, Maybe):
            ending = _meet(machine, machine.fork([body, lambda: None], alive=lambda e: e != "raise"), frame)
        else:
            ending = body()
        if ending == "break" or ending == "raise" or isinstance(ending, tuple):
            return ending
    return None


def _while(machine: Machine, statement: code.While, frame: Frame) -> Ending:
    for _ in range(MOST_PASSES):
        decided = truth(evaluate(machine, statement.test, frame))
        if decided is False:
            return run_block(machine, statement.otherwise, frame)
        if decided is None:
            machine.unknown("a while loop whose condition is not decided", Place(*frame.origin, statement.at))
            endings = machine.fork([lambda: run_block(machine, statement.body, frame), lambda: None])
            ending = _meet(machine, endings, frame)
            return None if ending in _JUMPS else ending
        ending = run_block(machine, statement.body, frame)
        if ending == "break":
            return None
        if ending == "raise" or isinstance(ending, tuple):
            return ending
    machine.lost(f"a while loop of more than {MOST_PASSES} passes", Place(*frame.origin, statement.at))
    return None


def _with(machine: Machine, statement: code.With, frame: Frame) -> Ending:
    with keeping_mode(machine):
        for context, target in statement.items:
            value = evaluate(machine, context, frame)
            machine.gradient = mode_within(value, machine.gradient)
            if target is not None:
                bind(machine, target, value, frame)
        return run_block(machine, statement.body, frame)


def _function(machine: Machine, statement: code.Function, frame: Frame) -> Ending:
    function = machine.own_or_known(make_function(machine, statement, frame), frame.env)
    machine.write(frame.env.home(statement.name), statement.name, function)
    register(machine, statement, function, frame)
    return None


def _class(machine: Machine, statement: code.Class, frame: Frame) -> Ending:
    bases: list[Value] = []
    for argument in statement.bases:
        if argument.name is None and not argument.star:
            bases.append(stub_of(machine, evaluate(machine, argument.value, frame)))
    members = Env(frame.env)
    namespace = _module_of(frame.env)
    qualified = f"{namespace.module}.{statement.name}" if namespace is not None else statement.name
    heads = [each.function if isinstance(each, code.Call) else each for each in statement.decorators]
    decorators = [evaluate(machine, head, frame) for head in heads]
    if records.transforms(decorators):
        members.data[records.TRANSFORMS] = True
    is_record = records.is_record(decorators, bases)
    cls = ClassValue(statement.name, qualified, statement, tuple(bases), members, frame.origin, is_record)
    run_block(machine, statement.body, Frame(members, frame.origin, owner=cls))
    make_members(machine, cls)
    named = {a.name: evaluate(machine, a.value, frame) for a in statement.bases if a.name not in {None, "metaclass"}}
    made_subclass(machine, cls, {name: value for name, value in named.items() if name is not None}, machine.here)
    machine.write(frame.env.home(statement.name), statement.name, cls)
    register(machine, statement, cls, frame)
    return None


def _module_of(env: Env | Namespace | None) -> Namespace | None:
    while isinstance(env, Env):
        env = env.outer
    return env


def _try(machine: Machine, statement: code.Try, frame: Frame) -> Ending:
    machine.guarded += 1
    try:
        ending = run_block(machine, statement.body, frame)
    finally:
        machine.guarded -= 1
    if ending == "raise" and statement.handlers:
        ending = run_block(machine, statement.handlers[0].body, frame)
    elif ending is None:
        ending = run_block(machine, statement.otherwise, frame)
        if statement.handlers:
            imports_or_else(machine, statement, frame, lambda: run_block(machine, statement.handlers[0].body, frame))
    final = run_block(machine, statement.final, frame)
    return final if final is not None else ending


def _raise(machine: Machine, statement: code.Raise, frame: Frame) -> Ending:
    return "raise"


def _nothing(machine: Machine, statement: code.Stmt, frame: Frame) -> Ending:
    return None


def _import(machine: Machine, statement: code.Import, frame: Frame) -> Ending:
    namespace = _module_of(frame.env)
    if namespace is None:
        return None
    for dotted, alias in statement.names:
        head = dotted.split(".")[0]
        target = Imported(namespace, dotted if alias else head, 0, "")
        machine.write(frame.env.home(alias or head), alias or head, target)
    return None


def _import_from(machine: Machine, statement: code.ImportFrom, frame: Frame) -> Ending:
    namespace = _module_of(frame.env)
    if namespace is None:
        return None
    for name, alias in statement.names:
        if name != "*":
            target = Imported(namespace, statement.module, statement.level, name)
            machine.write(frame.env.home(alias or name), alias or name, target)
    return None


def _delete(machine: Machine, statement: code.Delete, frame: Frame) -> Ending:
    for target in statement.targets:
        match target:
            case code.Name(name):
                machine.write(frame.env, name, MISSING)
            case code.Attribute(owner, name):
                attributes.delete(machine, evaluate(machine, owner, frame), name)
            case code.Subscript(owner, index):
                attributes.delete_item(machine, evaluate(machine, owner, frame), subscript_key(machine, index, frame))
    return None


def _scope(machine: Machine, statement: code.Scope, frame: Frame) -> Ending:
    if statement.kind == "nonlocal":
        for name in statement.names:
            env = frame.env.outer
            while isinstance(env, Env) and name not in env.data:
                env = env.outer
            if isinstance(env, Env):
                frame.env.declared = {**(frame.env.declared or {}), name: env}
    return None


def _jump(machine: Machine, statement: code.Jump, frame: Frame) -> Ending:
    return None if statement.kind == "pass" else statement.kind


def _match(machine: Machine, statement: code.Match, frame: Frame) -> Ending:
    subject = evaluate(machine, statement.subject, frame)
    for number, case in enumerate(statement.cases):
        decided = matches(machine, case, subject, frame)
        if decided and case.guard is not None:
            decided = truth(evaluate(machine, case.guard, frame))
        if decided is False:
            continue
        if case.capture is not None:
            machine.write(frame.env, case.capture, subject)
        if decided:
            return run_block(machine, case.body, frame)
        rest = statement.cases[number:]
        branches = [(lambda body=each.body: run_block(machine, body, frame)) for each in rest]
        return _meet(machine, machine.fork([*branches, lambda: None], alive=lambda e: e != "raise"), frame)
    return None


_RUN: dict[type, Callable[..., Ending]] = {
    code.Assign: _assign, code.Declare: _nothing, code.Augment: _augment, code.Evaluate: _evaluate,
    code.Return: _return, code.For: _for, code.While: _while, code.With: _with, code.Function: _function,
    code.Class: _class, code.Try: _try, code.Raise: _raise, code.Assert: _nothing, code.Import: _import,
    code.ImportFrom: _import_from, code.Delete: _delete, code.Scope: _scope, code.Jump: _jump, code.Match: _match,
}  # fmt: skip
