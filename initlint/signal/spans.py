"""Spans: what leads from the input to a head through sums, concatenations and gates, with no norm anywhere before it,
and what becomes of the signal over all of it. A skip does not save a signal that its own layers let die."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Stack
from initlint.signal.meanfield.run import Prediction
from initlint.signal.stacks import is_default, spread
from initlint.signal.weights import LINEAR

# What sets a scale anew, or of which nothing is known.
_ANEW = frozenset({"norm", "softmax", "opaque", "recurrent", "attention", "embedding"})
_JOINS = frozenset({"add", "sub", "mul", "cat", "stack"})
# What is passed on the way back from a head: none of it is where a stack is judged.
_PASSED = frozenset({"reshape", "dropout", "pool", "reduce", "activation"})
_FEWEST = 6


def spans(flow: Dataflow, prediction: Prediction, facts: Sequence[LayerFact]) -> tuple[Stack, ...]:
    """One for each head: its layers are those of the longest way from the input, and ``across`` of the last hidden one
    is that of the value before the head."""
    layers = {fact.op.id: fact for fact in facts if fact.op.name in LINEAR}
    found = (_span(flow, prediction, layers, fact) for fact in layers.values() if fact.head)
    return tuple(span for span in found if span is not None)


def _span(flow: Dataflow, prediction: Prediction, layers: Mapping[int, LayerFact], head: LayerFact) -> Stack | None:
    end = _judged(flow, head.op)
    before = _before(flow, end) if end is not None else None
    if end is None or before is None or not any(_joins(flow, op) for op in before):
        return None
    ways: dict[int, tuple[int, ...]] = {}
    for op in before:
        longest = max((ways.get(number, ()) for number in op.inputs), key=len, default=())
        ways[op.id] = (*longest, op.id) if op.id in layers else longest
    way = [layers[number] for number in ways[end.id]]
    if len(way) < _FEWEST:
        return None
    entering = flow.entering(way[0].op)
    start = prediction.values[entering] if entering is not None else Unknown("the first layer has no input")
    value = prediction.values[end.id]
    across = [spread(prediction.values, fact.op.id, start) for fact in way]
    across[-1] = spread(prediction.values, end.id, start)
    return Stack(
        layers=(*way, head),
        has_head=True,
        across=(*across, spread(prediction.values, head.op.id, start)),
        backward=(),
        tolerance=value.tolerance if not isinstance(value, Unknown) else 0.0,
        default=all(map(is_default, way)),
    )


def _judged(flow: Dataflow, head: Op) -> Op | None:
    """The value before the head, before pools and activations."""
    number = flow.entering(head)
    op = flow.by_id.get(number) if number is not None else None
    while op is not None and op.kind in _PASSED and len(op.inputs) == 1:
        op = flow.by_id.get(op.inputs[0])
    return op


def _before(flow: Dataflow, end: Op) -> list[Op] | None:
    """What the value is computed of, in order; None where something sets the scale anew, or is not understood."""
    seen, waiting = {end.id}, [end]
    while waiting:
        op = waiting.pop()
        if op.kind in _ANEW or op.name in _ANEW:
            return None
        for number in op.inputs:
            if number not in seen and number in flow.by_id:
                seen.add(number)
                waiting.append(flow.by_id[number])
    return [op for op in flow.ops if op.id in seen]


def _joins(flow: Dataflow, op: Op) -> bool:
    return op.kind in _JOINS and len(flow.carriers(op)) > 1
