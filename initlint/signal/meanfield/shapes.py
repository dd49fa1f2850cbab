"""Values that nothing enters, and ops that move elements about: slices, chunks, views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.dim import Scalar
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import SELECTS, Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, limited
from initlint.signal.weights import product

# Tensors made in the forward.
_FILLED = {"zeros": 0.0, "zeros_like": 0.0, "new_zeros": 0.0, "ones": 1.0, "ones_like": 1.0, "new_ones": 1.0}
_PARTED = frozenset({"chunk", "split", "unbind", "tensor_split"})


def made(context: Context, op: Op) -> Flow:
    """The state of an op that has no inputs: the model's input, a parameter, a constant."""
    match op.kind:
        case "input":
            return noise(context, op)
        case "parameter":
            found = context.vector(op.weight)
            if isinstance(found, Unknown):
                return found
            part = found.variance / found.second if found.second else 0.0
            parameter = context.parameter(op.weight)
            positions = 1.0
            if parameter is not None and not isinstance(parameter.shape, Unknown):
                size = product(*parameter.shape[:-1])
                positions = float(size) if isinstance(size, (int, float)) and size >= 1 else 1.0
            mean = found.mean / found.second**0.5 if found.second else 0.0
            width = context.width(op.weight, -1)
            return Value(found.second, 0.0, part if positions > 1 else 0.0, mean, width=width, positions=positions)
        case "constant":
            value = op.value if op.value is not None else _FILLED.get(op.name)
            if isinstance(value, (int, float)):
                sign = (value > 0) - (value < 0)
                return Value(float(value) ** 2, 0.0, 0.0, float(sign))
            return Unknown("a constant that is not known", op.place)
    return Unknown(f"an op `{op.name or op.kind}` without inputs", op.place)


def noise(context: Context, op: Op) -> Value:
    """Noise of variance 1; how many positions it has is told by what reads it first, where nobody says it."""
    given = context.inputs
    width = context.next_width(op)
    if op.name in given.positions:
        return Value(1.0, 1.0, given.local, width=width, positions=max(given.positions[op.name], 1.0))
    positions = 1.0
    for each in context.behind(op):
        if each.kind == "layer" and each.name in {"conv", "conv_transpose"}:
            parameter = context.parameter(each.weight)
            if parameter is not None and not isinstance(parameter.shape, Unknown):
                positions = float(given.side ** max(len(parameter.shape) - 2, 2)) if each.name == "conv" else 1.0
        elif each.kind == "layer" and each.name in {"embedding", "recurrent", "attention"}:
            positions = given.tokens
    return Value(1.0, 1.0, given.local, width=width, positions=positions)


def reshape(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """The same elements; a slice is a value of its own, of other units or of one position."""
    before = flows[0]
    if isinstance(before, Unknown):
        return before
    if op.name in SELECTS:
        _, positions, width = _slice(context, op, before)
        part = replace(before, width=width, positions=positions, curve=None, parts=())
        if positions > 1:
            return part
        # What is taken alone is mostly what is unlike the others, as a class token: behind a norm, in what it holds.
        second = limited(dim.multiply(before.second, 100**before.unlike))
        unlike = abs(before.unlike) + _normed(context, op)
        return replace(part, second=second, tolerance=before.tolerance + unlike, unlike=0.0)
    return before


def _normed(context: Context, op: Op) -> float:
    """By how many decades a position was unlike the others before the norm that it is taken behind."""
    norm = context.ops[context.source(op.inputs[0])]
    before = context.found.get(norm.inputs[0]) if norm.kind == "norm" and norm.inputs else None
    return abs(before.unlike) if isinstance(before, Value) else 0.0


def _slice(context: Context, op: Op, before: Value) -> tuple[Scalar, float, Scalar | None]:
    """Which share of the elements it takes, how many positions it has, and its width."""
    siblings = [each for each in context.consumers(context.ops[op.inputs[0]]) if each.kind == "reshape"]
    count = sum(1 for each in siblings if each.name in SELECTS)
    wanted = context.next_width(op)
    producer = context.ops[op.inputs[0]]
    left = _positions_left(op, before, wanted, count < 2)
    if left is not None:
        return left / before.positions, left, before.width
    if producer.name not in _PARTED and wanted is not None and wanted == before.width:
        return 1 / max(count, 1), before.positions, wanted  # some of the positions, nobody knows how many
    if producer.name in _PARTED or count > 1:
        number = max(count, 1)
        width = dim.divide(before.width, number) if before.width is not None else wanted
        return 1 / number, before.positions, width
    if wanted is not None and before.width is not None and wanted != before.width:
        part = dim.divide(wanted, before.width)
        return part if part is not None else 1.0, before.positions, wanted
    if before.positions > 1 and op.name in {"index", "select"}:
        return 1 / before.positions, 1.0, before.width
    return 1.0, before.positions, before.width


def _positions_left(op: Op, before: Value, wanted: Scalar | None, alone: bool) -> float | None:
    """How many positions an index leaves, where it chooses among those: ``x[:, 0]``, ``x[:, 1:]``, or what leaves the
    width as the next layer takes it; None where it chooses among units, as do several (it is not ``alone``) that take
    queries, keys and values."""
    taken = op.value
    if not isinstance(taken, int) or taken == 0 or before.positions <= abs(taken) or wanted == abs(taken):
        return None
    if taken < 0:
        units = isinstance(before.width, (int, float)) and wanted == before.width + taken
        return None if units else before.positions + taken
    if taken == 1:
        return 1.0 if alone or wanted == before.width else None
    return float(taken) if wanted is not None and wanted == before.width else None


def reshape_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """The gradient of a slice is that of a part of the elements, and zero elsewhere."""
    rest: list[Back] = [Gradient(0.0)] * (len(flows) - 1)
    before = flows[0]
    if op.name in SELECTS and isinstance(before, Value):
        fewer, positions, _ = _slice(context, op, before)
        alone = 1.0 if positions == 1 < before.positions else gradient.lone
        return [replace(gradient.scaled(fewer), lone=alone), *rest]
    return [gradient, *rest]
