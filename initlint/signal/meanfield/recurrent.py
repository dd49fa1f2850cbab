"""``nn.RNN``, ``nn.LSTM`` and ``nn.GRU``: the cell's map, iterated over the positions until it settles.

Every gate is a Gaussian of variance Var(W_ih)·I·q_x + Var(W_hh)·H·q_h + Var(b); gates are independent of each other
(Chen et al. 2018, Gilboa et al. 2019).
"""

from __future__ import annotations

from collections.abc import Sequence

from initlint.ir.data import dataclass
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal import activations
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, share
from initlint.signal.weights import product, weight_variance

TOLERANCE = 0.15
_STEPS = 64
_MOST_LAYERS = 16


@dataclass(frozen=True, slots=True)
class _Cell:
    """Input gain, state gain, biases' variance, size and backward gain of one layer; ``kind`` is the class."""

    kind: str
    entering: float
    state: float
    bias: float
    hidden: float
    back: float


@dataclass(frozen=True, slots=True)
class _State:
    second: float
    apart: float


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """The state at the last step, of all layers."""
    before = flows[0]
    if isinstance(before, Unknown):
        return before
    cells = _cells(context, op)
    if isinstance(cells, Unknown):
        return cells
    q = before.number
    if q is None:
        return Unknown(f"the scale {before.second} of what enters a recurrence", op.place)
    state = _State(q, q * min(before.across, 1.0))
    steps = max(int(min(before.positions, _STEPS)), 1)
    for cell in cells:
        state = _settled(cell, state, steps)
    both = 2.0 if context.parameter(f"{op.module}.weight_hh_l0_reverse") is not None else 1.0
    apart = share(state.apart, state.second)
    return Value(
        state.second, apart, apart, 0.0, before.tolerance + TOLERANCE, cells[-1].hidden * both, before.positions
    )


def _cells(context: Context, op: Op) -> list[_Cell] | Unknown:
    module = next((each for each in context.model.modules if each.path == op.module), None)
    if module is None:
        return Unknown("a recurrent layer that is no module", op.place)
    kind = module.type.rpartition(".")[2].removesuffix("Cell")
    names = [f"_l{index}" for index in range(_MOST_LAYERS)] if not module.type.endswith("Cell") else [""]
    cells = []
    for suffix in names:
        inner = context.parameter(f"{op.module}.weight_ih{suffix}")
        state = context.parameter(f"{op.module}.weight_hh{suffix}")
        if inner is None or state is None or isinstance(inner.shape, Unknown) or isinstance(state.shape, Unknown):
            break
        gains = (product(inner.shape[1], weight_variance(inner)), product(state.shape[1], weight_variance(state)))
        back = product(inner.shape[0], weight_variance(inner))
        sizes = []
        for each in (*gains, back, state.shape[1]):
            if not isinstance(each, (int, float)):
                return each if isinstance(each, Unknown) else Unknown(f"a recurrence of size {each}", op.place)
            sizes.append(float(each))
        bias = 0.0
        for role in ("bias_ih", "bias_hh"):
            if context.parameter(f"{op.module}.{role}{suffix}") is not None:
                found = context.vector(f"{op.module}.{role}{suffix}", small=True)
                if isinstance(found, Unknown):
                    return found
                bias += found.second
        cells.append(_Cell(kind, sizes[0], sizes[1], bias, sizes[3], sizes[2]))
    return cells or Unknown("the weights of a recurrent layer are not known", op.place)


def _gate(name: str, q: float, apart: float) -> tuple[float, float]:
    """E φ² and E φφ' at the second moment q, of which ``apart`` differs."""
    found = activations.moments(name, q)
    return found.second, found.second - activations.across(name, q, min(apart, q))


def _settled(cell: _Cell, entering: _State, steps: int) -> _State:
    """The mean of the states over the steps."""
    hidden, memory = _State(0.0, 0.0), _State(0.0, 0.0)
    total, total_apart = 0.0, 0.0
    for _ in range(steps):
        q = cell.entering * entering.second + cell.state * hidden.second + cell.bias
        apart = cell.entering * entering.apart + cell.state * hidden.apart
        if cell.kind == "LSTM":
            memory, hidden = _lstm(q, apart, memory)
        elif cell.kind == "GRU":
            hidden = _gru(cell, q, apart, entering, hidden)
        else:
            found = activations.moments("tanh", q)
            hidden = _State(found.second, activations.across("tanh", q, apart))
        total += hidden.second
        total_apart += hidden.apart
    return _State(total / steps, total_apart / steps)


def _lstm(q: float, apart: float, memory: _State) -> tuple[_State, _State]:
    gate, gate_both = _gate("sigmoid", q, apart)
    new, new_both = _gate("tanh", q, apart)
    second = gate * (memory.second + new)
    both = gate_both * (memory.second - memory.apart + new_both)
    kept = _State(second, max(second - both, 0.0))
    out, out_both = _gate("tanh", max(kept.second, 1e-30), kept.apart)
    hidden = gate * out
    return kept, _State(hidden, max(hidden - gate_both * out_both, 0.0))


def _gru(cell: _Cell, q: float, apart: float, entering: _State, hidden: _State) -> _State:
    gate, gate_both = _gate("sigmoid", q, apart)
    # The candidate: the reset gate multiplies what comes from the state and half of the biases.
    inner = cell.entering * entering.second + cell.bias / 2 + gate * (cell.state * hidden.second + cell.bias / 2)
    state_both = cell.state * (hidden.second - hidden.apart)
    inner_both = (
        cell.entering * (entering.second - entering.apart) + cell.bias / 2 + gate_both * (state_both + cell.bias / 2)
    )
    new, new_both = _gate("tanh", inner, max(inner - inner_both, 0.0))
    second = gate * (new + hidden.second)
    both = gate_both * (new_both + hidden.second - hidden.apart)
    return _State(second, max(second - both, 0.0))


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """Through the cell's candidate and gates at the settled state, summed over the steps that follow."""
    before = flows[0]
    if isinstance(before, Unknown):
        return [before] * len(flows)
    cells = _cells(context, op)
    q = before.number
    if isinstance(cells, Unknown) or q is None:
        return [cells if isinstance(cells, Unknown) else Unknown("the scale of a recurrence", op.place)] * len(flows)
    states = [_State(q, q * min(before.across, 1.0))]
    steps = max(int(min(before.positions, _STEPS)), 1)
    for cell in cells:
        states.append(_settled(cell, states[-1], steps))
    factor = 1.0
    ways = 2.0 if context.parameter(f"{op.module}.weight_hh_l0_reverse") is not None else 1.0
    for cell, entering, state in zip(reversed(cells), reversed(states[:-1]), reversed(states[1:])):
        factor *= ways * _passed(cell, entering, state, steps)
    rest: list[Back] = [Gradient(0.0)] * (len(flows) - 1)
    return [gradient.scaled(factor, TOLERANCE), *rest]


def _passed(cell: _Cell, entering: _State, state: _State, steps: int) -> float:
    """The factor on the gradient's second moment from a layer's outputs to its inputs."""
    q = cell.entering * entering.second + cell.state * state.second + cell.bias
    gate, bend = activations.moments("sigmoid", q), activations.moments("tanh", q)
    # Of the rows of the packed weight, each gate has its share.
    if cell.kind == "LSTM":
        memory = gate.second * bend.second / max(1 - gate.second, 1e-3)
        out = activations.moments("tanh", max(memory, 1e-30))
        held = gate.second * out.slope / max(1 - gate.second, 1e-3)  # what reaches the memory, over all later steps
        rows = held * (gate.second * bend.slope + gate.slope * (bend.second + memory)) + gate.slope * out.second
        parts = 4.0
    elif cell.kind == "GRU":
        held = 1 / max(1 - gate.second, 1e-3)
        rows = held * (gate.second * bend.slope + gate.slope * (bend.second + state.second))
        parts = 3.0
    else:
        rows, parts = bend.slope, 1.0
    again = cell.state * rows
    repeated = sum(again**k for k in range(min(steps, _STEPS))) if again < 1 else float(steps)
    return cell.back / parts * rows * repeated
