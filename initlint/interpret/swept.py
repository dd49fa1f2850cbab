"""From recorded sweeps to what the model says of them, with what they left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from initlint.interpret.bounds import LimitReached
from initlint.interpret.initialising import initialises
from initlint.interpret.machine import Machine
from initlint.interpret.sweeps import Asked, Running, Sweeps
from initlint.interpret.torch_modules import children, container_of, own_parameters, spec_of, walk
from initlint.interpret.values import ClassValue, Obj, Tensor
from initlint.ir import code
from initlint.ir.initializer import InitAction
from initlint.ir.place import Place
from initlint.ir.sweep import Guard, Sweep
from initlint.syntax.calls import walk as walk_code

# How many kinds of modules that a sweep did not reach it is tried on.
_MOST_TRIED = 12


def freeze_sweeps(machine: Machine, tree: Sequence[tuple[str, Obj]], names: Mapping[int, str]) -> Iterator[Sweep]:
    """The sweeps that went over modules of the tree; ``names`` are those of its parameters by their ids."""
    paths = {id(module): path for path, module in tree}
    below = {id(sweep.root): walk(sweep.root) for sweep in machine.sweeps.all if id(sweep.root) in paths}
    known = {number: all(_is_known(module) for _, module in modules) for number, modules in below.items()}
    for sweep in machine.sweeps.all:
        if id(sweep.root) in paths:
            late, deep = _left(machine, sweep, below[id(sweep.root)])
            yield Sweep(
                kind=sweep.kind,
                place=sweep.place,
                outer=sweep.outer,
                root=paths[id(sweep.root)],
                reached=tuple(paths[id(each)] for each in sweep.reached if id(each) in paths),
                filled=tuple(names[number] for number in sweep.filled if number in names),
                guards=tuple(map(_guard, sweep.asked.values())),
                late=tuple(names[id(each)] for each in late if id(each) in names),
                deep=tuple(names[id(each)] for each in deep if id(each) in names),
                fills=initialises(sweep.body),
                complete=known[id(sweep.root)],
                shared=sweep.shared,
                may=sweep.may,
            )


def _is_known(module: Obj) -> bool:
    """Whether we know a module's class, and all modules in it."""
    if ("open",) in module.data or any(not isinstance(child, Obj) for _, child in children(module)):
        return False
    return isinstance(module.cls, ClassValue) or spec_of(module) is not None or container_of(module) is not None


def _guard(asked: Asked) -> Guard:
    statement = asked.statement
    last = statement.body[-1]
    return Guard(
        place=Place(*asked.origin, statement.test.at),
        held=asked.held,
        failed=asked.failed,
        open=asked.open,
        fills=initialises(statement.body),
        leaves=isinstance(last, (code.Return, code.Jump)) and not (isinstance(last, code.Jump) and last.kind == "pass"),
        types=tuple(_types(statement.test)),
        named=any(map(_looks_at_name, walk_code(statement.test))),
        impossible=_impossible(statement.test),
    )


def _types(test: code.Expr) -> Iterator[str]:
    """The classes that a condition asks for: ``isinstance(m, C)``, ``type(m) is C``, ``m.__class__ == C``."""
    for node in walk_code(test):
        match node:
            case code.Call(code.Name("isinstance"), (_, code.Argument(classes))):
                yield from _spelt(classes)
            case code.Compare(left, ("==" | "is" | "in",), (right,)) if _is_class(left):
                yield from _spelt(right)


def _spelt(classes: code.Expr) -> Iterator[str]:
    match classes:
        case code.Name(name) | code.Attribute(_, name):
            yield name
        case code.Sequence(_, items):
            for item in items:
                yield from _spelt(item)


def _is_class(node: code.Expr) -> bool:
    """Whether an expression is the class of something: ``type(m)`` or ``m.__class__``."""
    match node:
        case code.Call(code.Name("type"), (_,)) | code.Attribute(_, "__class__"):
            return True
    return False


def _looks_at_name(node: object) -> bool:
    match node:
        case code.Attribute(_, "__name__"):
            return True
        case code.Name(name) | code.Attribute(_, name):
            return "name" in name
    return False


def _impossible(test: code.Expr) -> bool:
    """Whether a condition compares a class with a text."""
    match test:
        case code.Compare(left, ("==" | "is",), (code.Const(str()),)):
            return _is_class(left)
        case code.Compare(left, ("in",), (code.Sequence(_, items),)) if items:
            return _is_class(left) and all(isinstance(i, code.Const) and isinstance(i.value, str) for i in items)
        case code.Logic("and", left, right):
            return _impossible(left) or _impossible(right)
    return False


def _left(machine: Machine, sweep: Running, below: Sequence[tuple[str, Obj]]) -> tuple[list[Tensor], list[Tensor]]:
    """The parameters at torch's default that the sweep would have filled in modules ``below`` its root that it did not
    come to: those that were made later, and those that stand deeper than a loop over children goes."""
    if sweep.kind not in {"apply", "modules", "children"}:
        return [], []
    reached = {id(module) for module in sweep.reached}
    met = {id(module) for each in sweep.reached for _, module in walk(each)} if sweep.kind == "children" else set()
    late: list[Tensor] = []
    deep: list[Tensor] = []
    tried: dict[object, frozenset[str]] = {}
    for path, module in below:
        if id(module) in reached or module is sweep.root:
            continue
        parameters = [(name, tensor) for name, tensor in own_parameters(module) if _at_default(tensor)]
        if not parameters:
            continue
        key = module.cls.qualified if isinstance(module.cls, ClassValue) else module.cls.path
        if key not in tried:
            if len(tried) >= _MOST_TRIED:
                continue
            tried[key] = _tried_on(machine, sweep, path, module)
        # What stood below a module that the loop came to may also have been put there afterwards.
        found = deep if id(module) in met else late
        found.extend(tensor for name, tensor in parameters if name in tried[key])
    return late, deep


def _at_default(tensor: Tensor) -> bool:
    history = tensor.data.get("history")
    actions = history if isinstance(history, tuple) else ()
    return bool(actions) and all(isinstance(each, InitAction) and not each.explicit for each in actions)


def _tried_on(machine: Machine, sweep: Running, path: str, module: Obj) -> frozenset[str]:
    """The names of the module's own parameters that the sweep fills when it comes to it."""
    before = [(name, tensor, tensor.data.get("candidates")) for name, tensor in own_parameters(module)]
    sweeps, misuses = machine.sweeps, list(machine.misuses)
    machine.sweeps = Sweeps()
    found: frozenset[str] = frozenset()
    with machine.scratch(), suppress(LimitReached, RecursionError):
        sweep.again(path, module)
        found = frozenset(name for name, tensor, held in before if tensor.data.get("candidates") is not held)
    machine.sweeps, machine.misuses = sweeps, misuses
    return found
