"""Shares of the work for one model: a call that takes too much of it becomes unknown by itself, and the rest is read.

A model is first run without shares. Only where that reaches a bound it is run again, each call with at most a part of
what its caller has left. What a call cut short may have done to what it was given is then not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from initlint.interpret.bounds import LimitReached, TooDeep
from initlint.interpret.graph import GraphBuilder, tensors_in
from initlint.interpret.machine import Machine
from initlint.interpret.torch_init import escape
from initlint.interpret.torch_modules import is_module
from initlint.interpret.values import DictValue, Env, FunctionValue, ListValue, Obj, Tensor, Value
from initlint.ir.place import Place

# What a call may take of what its caller has left, and what every call may take.
_PART = 0.7
_LEAST_STEPS = 4_000
_LEAST_FORKS = 50


def in_share(
    machine: Machine,
    function: FunctionValue,
    positional: Sequence[Value],
    keywords: dict[str, Value],
    place: Place,
    run: Callable[[], Value],
) -> Value:
    """The result of a call, run within its share."""
    steps, forks = machine.most_steps, machine.most_forks
    machine.most_steps = min(steps, machine.steps + max(_LEAST_STEPS, int((steps - machine.steps) * _PART)))
    machine.most_forks = min(forks, machine.forks + max(_LEAST_FORKS, int((forks - machine.forks) * _PART)))
    graph = machine.graph
    first = len(graph.drafts) if graph is not None else 0
    try:
        return run()
    except LimitReached as error:
        if graph is not None and (graph.full or isinstance(error, TooDeep)):
            raise
        if machine.steps > steps or machine.forks > forks:
            raise  # the caller's share is used up as well
        why = f"`{function.name}`, which takes too much work"
        if graph is None:
            return _unread(machine, why, positional, keywords, place)
        given = [*tensors_in(tuple(positional)), *tensors_in(tuple(keywords.values()))]
        machine.lost(f"the result of {why}", place)
        return unread_tail(graph, first, [*given, *error.live], why, place)
    finally:
        machine.most_steps, machine.most_forks = steps, forks


def _unread(machine: Machine, why: str, positional: Sequence[Value], keywords: dict[str, Value], place: Place) -> Value:
    for value in (*positional, *keywords.values()):
        escape(machine, value, why, place)
        if isinstance(value, Obj) and is_module(value):
            machine.write(value, ("open",), True)
        elif isinstance(value, DictValue):
            value.open = True
        elif isinstance(value, ListValue):
            machine.write(value, "length", machine.unknown(f"a list given to {why}", place))
    return machine.lost(f"the result of {why}", place)


def remember_live(error: LimitReached, env: Env) -> None:
    """Keep with the error the tensors that a call which it ends could still have used."""
    for value in env.data.values():
        error.live.extend(tensors_in(value))


def unread_tail(graph: GraphBuilder, first: int, live: Sequence[Tensor], why: str, place: Place) -> Tensor:
    """An opaque op in place of what was not read: of all tensors that it could use, which are those that running code
    held and those from op ``first`` on that nothing has used yet."""
    used = {number for draft in graph.drafts[first:] for number in draft.inputs}
    loose = [
        number
        for number in range(first, len(graph.drafts))
        if number not in used and graph.drafts[number].kind not in {"parameter", "constant", "output"}
    ]
    held = [tensor.node for tensor in live if tensor.node is not None]
    return graph.tail(why, sorted({*held, *loose}), place)
