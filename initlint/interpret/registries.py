"""Registries: decorators of a module's top level that put a class or function under a name."""

from __future__ import annotations

from initlint.interpret.calls import call
from initlint.interpret.evaluate import evaluate
from initlint.interpret.machine import Frame, Machine, ModuleEnv
from initlint.interpret.values import Bound, FunctionValue, Value
from initlint.ir import code
from initlint.ir.place import Place


def register(machine: Machine, statement: code.Function | code.Class, value: Value, frame: Frame) -> None:
    """Run the decorators that are called after registering, for what they change; what they return is not used."""
    if not isinstance(frame.env, ModuleEnv):
        return
    for decorator in statement.decorators:
        if "regist" not in _name_of(decorator).lower():
            continue
        function = evaluate(machine, decorator, frame)
        if isinstance(function, FunctionValue) or (isinstance(function, Bound) and function.function is not None):
            call(machine, function, [value], {}, Place(*frame.origin, statement.at))


def _name_of(decorator: code.Expr) -> str:
    match decorator:
        case code.Call(function):
            return _name_of(function)
        case code.Attribute(owner, name):
            return f"{_name_of(owner)}.{name}"
        case code.Name(name):
            return name
    return ""
