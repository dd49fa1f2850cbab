"""Plain stacks: chains of weight layers whose depth compounds, and what becomes of the signal along them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Stack
from initlint.signal.meanfield.run import Prediction
from initlint.signal.meanfield.value import Back, Flow, ratio
from initlint.signal.weights import LINEAR


def stacks(flow: Dataflow, prediction: Prediction, facts: Sequence[LayerFact]) -> tuple[Stack, ...]:
    """All maximal plain chains of at least two weight layers, in execution order."""
    layers = {fact.op.id: fact for fact in facts if fact.op.name in LINEAR}
    links = {fact.op.id: fact.feeds[0] for fact in layers.values() if _goes_on(flow, fact) and fact.feeds[0] in layers}
    followers = set(links.values())
    result = []
    for number, fact in layers.items():
        if number in followers or number not in links:
            continue
        chain = [fact]
        while (following := links.get(chain[-1].op.id)) is not None:
            chain.append(layers[following])
        result.append(_stack(flow, prediction, chain))
    return tuple(result)


def _goes_on(flow: Dataflow, fact: LayerFact) -> bool:
    """Whether all that the next layer takes comes through this one, with no norm and no softmax between."""
    alone = len(fact.feeds) == 1 and fact.sole_carrier is True and fact.norm_after is False
    return alone and not flow.chooses_before(fact.op, fact.feeds[0])


def _stack(flow: Dataflow, prediction: Prediction, chain: Sequence[LayerFact]) -> Stack:
    has_head = chain[-1].head
    hidden = chain[:-1] if has_head else chain
    first, last = hidden[0].op.id, hidden[-1].op.id
    entering = flow.entering(chain[0].op)
    if entering is not None:
        start = prediction.values[entering]
        if isinstance(start, Unknown) or start.second == 0 or start.across == 0:
            prediction = prediction.restarted(entering, chain[-1].op.id)
        start = prediction.values[entering]
    else:
        start = Unknown("the first layer has no input")
    gradients = prediction.between(first, last)
    end = prediction.values[last]
    tolerances = [0.0 if isinstance(each, Unknown) else each.tolerance for each in (start, end)]
    return Stack(
        layers=tuple(chain),
        has_head=has_head,
        across=tuple(spread(prediction.values, fact.op.id, start) for fact in chain),
        backward=tuple(_gathered(gradients[fact.op.id], prediction.values, fact, hidden[-1]) for fact in hidden),
        tolerance=max(tolerances[1] - tolerances[0], 0.0),
        default=all(map(is_default, hidden)),
    )


def spread(values: Mapping[int, Flow], number: int, start: Flow) -> float | Unknown:
    """The across-input standard deviation behind the op ``number``, relative to that of ``start``."""
    value = values[number]
    if isinstance(value, Unknown):
        return value
    if isinstance(start, Unknown):
        return start
    size = ratio(value.second, start.second) if start.second != 0 and start.across > 0 else None
    if size is None:
        return Unknown(f"the scale {value.second} depends on sizes that are not known")
    return math.sqrt(size) * math.sqrt(value.across / start.across)


def _gathered(back: Back, values: Mapping[int, Flow], fact: LayerFact, last: LayerFact) -> float | Unknown:
    """The gradient's standard deviation at a unit, gathered over its positions as that of a convolution's weight is,
    relative to the last hidden layer's."""
    here, there = values[fact.op.id], values[last.op.id]
    for each in (back, here, there):
        if isinstance(each, Unknown):
            return each
    assert not (isinstance(back, Unknown) or isinstance(here, Unknown) or isinstance(there, Unknown))
    if not isinstance(back.second, (int, float)):
        return Unknown(f"the gradient {back.second} depends on sizes that are not known")
    return math.sqrt(back.second * here.positions / there.positions)


def is_default(fact: LayerFact) -> bool:
    """Whether its weight is at PyTorch's own default."""
    found = fact.weight.initializers
    return bool(found) and all(each.scheme == "default" for each in found)
