"""Loops of a depth that nobody says: what one more block does, and from which depth on that is a fault."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.ir.data import dataclass
from initlint.ir.model import Model, Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.run import Prediction
from initlint.signal.meanfield.value import Flow, ratio
from initlint.signal.thresholds import DEFAULT, Thresholds

# A depth that nobody builds.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Loop:
    """``symbol`` is the depth's name. Each block multiplies the across-input standard deviation by ``gain``, in the
    end; ``crosses`` is the depth from which on it lies outside the limits, None where it never does."""

    symbol: str
    gain: float
    crosses: int | None


@dataclass(frozen=True, slots=True)
class _Body:
    """The last pass of a loop: its ops, what the first block starts from, what each hands on, and where it ends."""

    ops: tuple[Op, ...]
    entry: int
    carried: int
    end: int


def loops(model: Model, prediction: Prediction, thresholds: Thresholds = DEFAULT) -> tuple[Loop, ...]:
    """Those whose blocks hand on one value, of which the scale is known."""
    if isinstance(model.graph, Unknown):
        return ()
    found = []
    symbols = dict(model.graph.repeats)
    for symbol in dict.fromkeys(symbols.values()):
        body = _body([op for op in model.graph.ops if symbols.get(op.id) == symbol])
        loop = _run(symbol, body, prediction, thresholds) if body is not None else None
        if loop is not None:
            found.append(loop)
    return tuple(found)


def _body(ops: Sequence[Op]) -> _Body | None:
    """The second half of ops that are a first and a last pass; None where they aren't two of a kind."""
    half = len(ops) // 2
    first, last = ops[:half], ops[half:]
    if len(ops) % 2 or [(op.kind, op.name) for op in first] != [(op.kind, op.name) for op in last]:
        return None
    at = {op.id: index for index, op in enumerate(first)}
    handed = {
        (before, number)
        for op, twin in zip(last, first)
        for number, before in zip(op.inputs, twin.inputs)
        if number in at
    }
    if len(handed) != 1:
        return None
    ((entry, carried),) = handed
    return _Body(tuple(last), entry, carried, last[at[carried]].id)


def _run(symbol: str, body: _Body, prediction: Prediction, thresholds: Thresholds) -> Loop | None:
    start = prediction.values[body.entry]
    before = _size(prediction.values[body.carried], start)
    if before is None or before <= 0:
        return None
    gain, depth = before, 1
    while depth < _MOST and thresholds.signal <= before <= 1 / thresholds.signal:
        prediction = prediction.again(body.ops, body.carried, body.end) if depth > 1 else prediction
        after = _size(prediction.values[body.end], start)
        if after is None or after <= 0:
            return None
        gain, before, depth = after / before, after, depth + 1
    return Loop(symbol, gain, depth if depth < _MOST else None)


def _size(value: Flow, start: Flow) -> float | None:
    """The across-input standard deviation, relative to what the first block starts from."""
    if isinstance(value, Unknown) or isinstance(start, Unknown) or start.second == 0 or start.across <= 0:
        return None
    found = ratio(value.second, start.second)
    return None if found is None else float((found * value.across / start.across) ** 0.5)
