"""Functions of the project: making them, binding their arguments, running them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from initlint.interpret import strays
from initlint.interpret.bounds import LimitReached, TooDeep
from initlint.interpret.kept_arguments import keep_arguments
from initlint.interpret.machine import DEEPEST_CALL, Frame, Machine
from initlint.interpret.misuses import mode_of
from initlint.interpret.overridden import SETTER
from initlint.interpret.values import (
    MISSING,
    Argument,
    DictValue,
    Env,
    External,
    FunctionValue,
    ListValue,
    Missing,
    Value,
)  # fmt: skip
from initlint.ir import code
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

# How often a function may be running at once where what ends its recursion is not decided.
_RECURSION = 3
# Decorators of libraries that make another function of what they decorate: huggingface_hub makes a dataclass field of
# a check of its value.
_MAKES = {"as_validated_field": "dataclasses.field"}


def make_function(machine: Machine, node: code.Function | code.Lambda, frame: Frame) -> Value:
    """The function that a def or lambda makes."""
    from initlint.interpret.evaluate import evaluate

    defaults = {p.name: evaluate(machine, p.default, frame) for p in node.parameters if p.default is not None}
    # A method's body does not see the names of its class.
    in_class = frame.owner is not None and frame.env is frame.owner.members
    scope = frame.env.outer if in_class else frame.env
    assert scope is not None
    kind, wrapper = "function", None
    if isinstance(node, code.Function):
        for decorator in node.decorators:
            match decorator:
                case code.Name("staticmethod"):
                    kind = "static"
                case code.Name("classmethod"):
                    kind = "class"
                case code.Name("property") | code.Name("cached_property") | code.Attribute(_, "cached_property"):
                    kind = "property"
                case code.Attribute(code.Name(name), "setter"):
                    wrapper = name
                case code.Name(name) if name in _MAKES:
                    return External(_MAKES[name])
    owner = frame.owner
    function = FunctionValue(node, defaults, scope, frame.origin, owner, kind)
    if machine.top_level:
        machine.project.answers.lasts(function)
    if wrapper is not None and isinstance(node, code.Function):
        machine.write(frame.env, f"{wrapper}{SETTER}", function)
        return frame.env.data.get(wrapper, function)
    return function


def run_function(
    machine: Machine, function: FunctionValue, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    """Run a project function."""
    if machine.depth >= DEEPEST_CALL:
        raise TooDeep(f"calls nested more than {DEEPEST_CALL} deep")
    answers = machine.project.answers
    key = answers.key(machine, function, positional, keywords)
    parameter = strays.parameter_given(machine, positional)
    if parameter is not None:
        with strays.watching(machine, function, parameter, place):
            return _in_share(machine, function, positional, keywords, place)
    if key is None:
        return _in_share(machine, function, positional, keywords, place)
    run = partial(_in_share, machine, function, positional, keywords, place)
    return answers.ask(machine, function, key, place, run)


def _in_share(
    machine: Machine, function: FunctionValue, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    if machine.sharing:
        from initlint.interpret.shares import in_share

        run = partial(_run, machine, function, positional, keywords, place)
        return in_share(machine, function, positional, keywords, place, run)
    return _run(machine, function, positional, keywords, place)


def why_it_raises(function: FunctionValue) -> str:
    """Why the result of a function that surely raises is not known."""
    return f"`{function.name}` raises"


def _run(
    machine: Machine, function: FunctionValue, positional: Sequence[Value], keywords: dict[str, Value], place: Place
) -> Value:
    from initlint.interpret.evaluate import evaluate
    from initlint.interpret.execute import run_block

    running = machine.active.count(function)
    if running and (machine.undecided() or machine.repeats) and (running >= _RECURSION or _blind(positional, keywords)):
        from initlint.interpret.calls import unknown_call

        return unknown_call(machine, f"`{function.name}`, which calls itself", positional, keywords, place)
    env = Env(function.scope)
    bind_arguments(machine, function, positional, keywords, env)
    keep_arguments(machine, function, env)
    receiver = positional[0] if function.owner is not None and positional else MISSING
    frame = Frame(env, function.origin, function.owner, receiver)
    if isinstance(receiver, Missing):
        # A function nested in a method closes over its self, for super().
        frame.owner = function.owner
    machine.depth += 1
    machine.calls.append(place)
    machine.active.append(function)
    machine.ran.add(function)
    around = machine.gradient
    inside = machine.gradient = mode_of(function.code, around)
    try:
        if isinstance(function.code, code.Lambda):
            return evaluate(machine, function.code.body, frame)
        if function.code.generator:
            frame.yielded = []
            run_block(machine, function.code.body, frame)
            return ListValue(tuple(frame.yielded), "generator")
        ending = run_block(machine, function.code.body, frame)
        if isinstance(ending, tuple):
            frame.returned.append(ending[1])
        elif ending == "raise" and not frame.returned:
            return machine.unknown(why_it_raises(function), place)
        elif frame.returned and ending is None and not isinstance(ending, tuple):
            frame.returned.append(None)
        if not frame.returned and isinstance(function.code, code.Function) and function.code.decorators:
            return Unknown(f"the result of `{function.name}`, which a decorator may replace")
        return machine.join_values(frame.returned) if frame.returned else None
    except LimitReached as error:
        if machine.graph is not None:
            from initlint.interpret.shares import remember_live

            remember_live(error, env)
        raise
    finally:
        machine.active.pop()
        machine.calls.pop()
        machine.depth -= 1
        if inside is not around:  # else what the function set stays
            machine.gradient = around


def _blind(positional: Sequence[Value], keywords: dict[str, Value]) -> bool:
    """Whether nothing is known of any argument, so that running the function again says no more than the first time."""
    return all(isinstance(value, Unknown) for value in (*positional, *keywords.values()))


def bind_arguments(
    machine: Machine, function: FunctionValue, positional: Sequence[Value], keywords: dict[str, Value], env: Env
) -> None:
    """Bind the arguments of a call to the function's parameters."""
    left = list(positional)
    named = {key: value for key, value in keywords.items() if key != "**"}
    for parameter in function.code.parameters:
        value: Value
        if parameter.kind == "*":
            value, left = tuple(left), []
        elif parameter.kind == "**":
            value = DictValue(dict(named), open_="**" in keywords)
            named = {}
        elif left and parameter.kind == "positional":
            value = left.pop(0)
            named.pop(parameter.name, None)
        elif parameter.name in named:
            value = named.pop(parameter.name)
        elif "**" in keywords:
            value = Argument(parameter.name)
        elif parameter.name in function.defaults:
            value = function.defaults[parameter.name]
        else:
            value = Unknown(f"argument `{parameter.name}` of `{function.name}` is not given")
        env.data[parameter.name] = value
