"""Recurrent cells written out in a loop: whether nearby states move apart from step to step."""

from __future__ import annotations

from initlint.ir.data import dataclass
from initlint.ir.model import ForwardGraph, Op
from initlint.ir.unknown import Unknown
from initlint.signal.activations import canonical, moments
from initlint.signal.facts import Facts, LayerFact, State
from initlint.signal.weights import quotient

_BOUNDED = frozenset({"tanh", "softsign", "hardtanh"})
_SAME_STATE = frozenset({"dropout", "reshape", "cat", "either"})
_SUMMED = frozenset({"layer", "parameter", "constant"})
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A layer whose bounded activation is its own input at the next step. ``growth`` is χ₁, the factor on the squared
    distance of nearby states at each step (Schoenholz et al. 2017); Unknown where sizes or scales are not known."""

    activation: Op
    growth: float | Unknown


def recurrence(facts: Facts, layer: LayerFact) -> Recurrence | None:
    """The cell that the layer is the recurrent matrix of, alone or on the concatenation of input and state: φ(W·[x, h])
    or φ(W·h + U·x), in a loop; None where it is no such cell.

    χ₁ = fan_in·Var(W)·s·E φ'(√q z)² at the fixed point q of fan_in·Var(W)·s·E φ(√q z)² plus what the step's input
    adds, where s is the share of the fan that is state. An input whose scale is not known counts as one of variance 1.
    """
    graph = facts.model.graph
    found = _cell(graph, layer.op) if not isinstance(graph, Unknown) else None
    if found is None:
        return None
    activation, beside = found
    share, gain = quotient(layer.fan_out, layer.fan_in), layer.gain
    if not isinstance(share, (int, float)) or not isinstance(gain, (int, float)):
        return Recurrence(activation, Unknown("the share of the state is not known"))
    state = gain * min(share, 1.0)
    entering = gain - state
    for other in facts.layers:
        if other.op.id in beside:
            entering += other.after.second if isinstance(other.after, State) else 1.0
    name, q = canonical(activation.name), 1.0
    for _ in range(_STEPS):
        q = state * moments(name, q).second + entering
    return Recurrence(activation, state * moments(name, q).slope)


def _cell(graph: ForwardGraph, layer: Op) -> tuple[Op, frozenset[int]] | None:
    """The activation behind the layer that comes back to it, and the other layers in the sum before it."""
    by_id = {op.id: op for op in graph.ops}
    uses = [op for op in graph.ops if op.kind == "layer" and op.weight == layer.weight]
    looped = {number for number, _ in graph.repeats}
    if len(uses) < 2 or not any(op.id in looped for op in uses):
        return None
    own = {op.id for op in uses}
    for state in _behind(by_id, uses[-1].inputs, _SAME_STATE):
        if state.kind == "activation" and canonical(state.name) in _BOUNDED:
            summed = _behind(by_id, state.inputs, _SAME_STATE - {"cat"} | {"add"})
            layers = frozenset(op.id for op in summed if op.kind == "layer")
            if layers & own and all(op.kind in _SUMMED for op in summed):
                return state, layers - own
    return None


def _behind(by_id: dict[int, Op], numbers: tuple[int, ...], through: frozenset[str]) -> list[Op]:
    """The ops whose values these are, looking through ops of some kinds."""
    found: dict[int, Op] = {}
    waiting = list(numbers)
    while waiting:
        op = by_id.get(waiting.pop())
        if op is not None and op.id not in found:
            found[op.id] = op
            waiting.extend(op.inputs if op.kind in through else ())
    return [op for op in found.values() if op.kind not in through]
