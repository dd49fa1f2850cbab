"""Plain stacks: chains of weight layers whose depth compounds, and what becomes of the signal along them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from initlint.ir.dim import Dim
from initlint.ir.model import ForwardGraph, Op
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Stack
from initlint.signal.signal import INPUT, Flow, Signal, bounded
from initlint.signal.transfer import LINEAR, Transfer
from initlint.signal.weights import product, weight_variance

_ONE_INPUT = frozenset({"activation", "dropout", "reshape", "resample", "pool", "add", "sub", "mul", "div"})
_SAME_VALUE = frozenset({"dropout", "reshape", "resample"})


@dataclass(frozen=True, slots=True)
class _Step:
    """One op between two layers of a chain, and the op whose value enters it."""

    op: Op
    source: int


@dataclass(frozen=True, slots=True)
class _Link:
    """The way from one layer of a chain to the next."""

    to: int
    steps: tuple[_Step, ...]


def stacks(graph: ForwardGraph, flow: Dataflow, transfer: Transfer, facts: Sequence[LayerFact]) -> tuple[Stack, ...]:
    """All maximal plain chains of at least two weight layers, in execution order."""
    layers = {fact.op.id: fact for fact in facts if fact.op.name in LINEAR}
    links: dict[int, _Link] = {}
    for number, fact in layers.items():
        target = layers.get(fact.feeds[0]) if len(fact.feeds) == 1 else None
        steps = _steps(flow, transfer, number, target.op) if target is not None else None
        if target is not None and steps is not None:
            links[number] = _Link(target.op.id, steps)
    followers = {link.to for link in links.values()}
    repeated = frozenset(number for number, _ in graph.repeats)
    result = []
    for number in layers:
        if number in followers or number not in links:
            continue
        chain, ways = [layers[number]], []
        while (link := links.get(chain[-1].op.id)) is not None:
            ways.append(link)
            chain.append(layers[link.to])
        result.append(_stack(chain, ways, transfer, repeated))
    return tuple(result)


def _steps(flow: Dataflow, transfer: Transfer, start: int, end: Op) -> tuple[_Step, ...] | None:
    """The one-input ops from the layer ``start`` to the layer ``end``; None where there is anything else between."""
    steps: list[_Step] = []
    at = _only(transfer.carriers(end))
    while at is not None and at != start:
        op = flow.by_id.get(at)
        if op is None:
            return None
        gated = transfer.self_gate(op) if op.kind == "mul" else None
        if gated is not None:
            source: int | None = gated[0]
        elif op.kind == "either":
            source = _only(tuple(dict.fromkeys(_origin(flow, number) for number in op.inputs)))
        elif (mixed := flow.mixed(op)) is not None:
            source = mixed
        elif op.kind in _ONE_INPUT or (op.kind == "reduce" and op.name == "mean"):
            source = _only(transfer.carriers(op))
        else:
            return None
        if source is None:
            return None
        steps.append(_Step(op, source))
        at = source
    return tuple(reversed(steps)) if at == start else None


def _only(numbers: tuple[int, ...]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def _origin(flow: Dataflow, number: int) -> int:
    """The op whose value this is, but for dropout and shape."""
    op = flow.by_id.get(number)
    while op is not None and op.kind in _SAME_VALUE and len(op.inputs) == 1:
        number = op.inputs[0]
        op = flow.by_id.get(number)
    return number


def _stack(chain: Sequence[LayerFact], ways: Sequence[_Link], transfer: Transfer, repeated: frozenset[int]) -> Stack:
    has_head = chain[-1].head
    last_hidden = len(chain) - (2 if has_head else 1)
    signals, slopes = _run(chain, ways, transfer)
    across: list[float | Unknown] = [
        math.sqrt(signal.across) if isinstance(signal, Signal) else signal for signal in signals
    ]
    backward = _backward(chain, slopes, last_hidden)
    loop_end = _loop_end(chain, ways, repeated)
    if loop_end is not None:
        why = Unknown("a loop before it runs an unknown number of times")
        for index in range(len(chain)):
            if index > loop_end:
                across[index] = why
            elif loop_end < last_hidden:
                backward[index] = why
    hidden = chain[: last_hidden + 1]
    return Stack(
        layers=tuple(chain),
        has_head=has_head,
        across=tuple(across),
        backward=tuple(backward),
        approximate=any(isinstance(signal, Signal) and signal.approximate for signal in signals),
        default=all(_is_default(fact) for fact in hidden),
    )


def _run(
    chain: Sequence[LayerFact], ways: Sequence[_Link], transfer: Transfer
) -> tuple[list[Flow], list[float | Unknown]]:
    """The signal at each layer's output, and each link's factor on the gradient (of the ops between)."""
    first = chain[0]
    known: dict[int, Flow] = dict.fromkeys(transfer.carriers(first.op), INPUT)
    known[first.op.id] = transfer.apply(first.op, known)
    signals, slopes = [known[first.op.id]], []
    for link, fact in zip(ways, chain[1:], strict=True):
        slope: float | Unknown = 1.0
        for step in link.steps:
            before = known[step.source]
            factor = transfer.slope(step.op, before) if isinstance(before, Signal) else before
            if isinstance(slope, float):
                slope = slope * factor if isinstance(factor, float) else factor
            known[step.op.id] = before if step.op.kind == "either" else transfer.apply(step.op, known)
        known[fact.op.id] = transfer.apply(fact.op, known)
        signals.append(known[fact.op.id])
        slopes.append(slope)
    return signals, slopes


def _backward(chain: Sequence[LayerFact], slopes: Sequence[float | Unknown], last_hidden: int) -> list[float | Unknown]:
    """The gradient's standard deviation at each layer's output relative to the last hidden one's."""
    result: list[float | Unknown] = [1.0] * len(chain)
    second: float | Unknown = 1.0
    for index in reversed(range(last_hidden)):
        factor = _factor(chain[index + 1], slopes[index])
        if isinstance(second, float):
            alive = isinstance(factor, float) and factor > 0 and second > 0
            second = bounded(second * factor, alive) if isinstance(factor, float) else factor
        result[index] = math.sqrt(second) if isinstance(second, float) else second
    if last_hidden < len(chain) - 1:
        factor = _factor(chain[-1], slopes[-1])
        if isinstance(factor, Unknown):
            result[-1] = factor
        else:
            result[-1] = math.sqrt(1 / factor) if factor > 0 else Unknown("no gradient passes the head")
    return result


def _factor(fact: LayerFact, slope: float | Unknown) -> float | Unknown:
    """The factor on the gradient from a layer's output to the output of the layer before it."""
    gain = product(fact.fan_out, weight_variance(fact.weight))
    if isinstance(gain, Unknown):
        return gain
    if isinstance(gain, Dim):
        return Unknown(f"the backward gain {gain} depends on sizes that are not known")
    return float(gain) * slope if isinstance(slope, float) else slope


def _loop_end(chain: Sequence[LayerFact], ways: Sequence[_Link], repeated: frozenset[int]) -> int | None:
    """The index of the last layer at or before the end of a loop of unknown length, if there is one."""
    last = None
    for index, fact in enumerate(chain):
        inside = fact.op.id in repeated
        if index < len(ways):
            inside = inside or any(step.op.id in repeated for step in ways[index].steps)
        if inside:
            last = index
    return last


def _is_default(fact: LayerFact) -> bool:
    found = fact.weight.initializers
    return bool(found) and all(each.scheme == "default" for each in found)
