"""Attention near its uniform start: a softmax over positions averages them, with weights that grow unlike as the
logits' variance grows (for Gaussian logits of variance s², Σ a² is about e^(s²)/n)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.dim import Dim
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, averaged, share, summed
from initlint.signal.weights import ZERO, product, weight_variance

# Which positions see which (a mask, a window) is not known, nor how unlike the weights become.
TOLERANCE = 0.3
_HEAD_SIZE = 64.0
_SAME_SCORES = frozenset({"add", "sub", "mul", "div", "reshape", "dropout", "function", "norm", "either"})
_FAR = 12
_LONGEST = 4096


def matmul(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """Scores, where a softmax follows; the average, where one of the two is a softmax."""
    if len(flows) != 2:
        return Unknown("a product of which only one side was read", op.place)
    for index in (0, 1):
        scores, value = flows[index], flows[1 - index]
        if isinstance(scores, Value) and scores.weights is not None:
            return value if isinstance(value, Unknown) else attended(value, scores.weights)
    a, b = flows
    if isinstance(a, Unknown):
        return a
    if isinstance(b, Unknown):
        return b
    if any(context.plain(number) for number in op.inputs):
        return Unknown("a product with an input, as with an adjacency matrix, whose scale is not known", op.place)
    later = _scaled_later(context, op)
    size = 1.0 if later else _scaled_before(context, op)
    second = dim.multiply(dim.multiply(a.second, b.second), size)
    both = max(a.across + b.across - a.across * b.across, 0.0)
    positions = max(a.positions, b.positions)
    return Value(second, both, 1.0, 0.0, max(a.tolerance, b.tolerance) + TOLERANCE, None, positions, scores=later)


def _scaled_later(context: Context, op: Op) -> bool:
    """Whether the product is divided by √d before the softmax: its variance is then that of a mean, not of a sum."""
    at = op
    for _ in range(_FAR):
        follow = [each for each in context.consumers(at) if each.kind in _SAME_SCORES or each.kind == "softmax"]
        if not follow:
            return False
        at = follow[0]
        if at.kind in {"mul", "div"} and at.value is not None:
            return True
        if at.kind == "softmax":
            return False
    return False


def _scaled_before(context: Context, op: Op) -> float:
    """What the sum over d is worth where one side was scaled before: 1/s²; else the usual d."""
    waiting, seen = list(op.inputs), 0
    while waiting and seen < _FAR:
        each = context.ops.get(waiting.pop())
        seen += 1
        if each is None or each.kind == "layer":
            continue
        if each.kind in {"mul", "div"} and isinstance(each.value, (int, float)) and abs(each.value) > 0:
            square = float(each.value) ** 2
            return 1 / square if each.kind == "mul" else square
        waiting += each.inputs
    return _HEAD_SIZE


def softmax(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """Weights over positions, or over the units of a layer. What comes before matters by its spread only, so that also
    an unknown has a value."""
    before = flows[0]
    if context.ops[context.source(op.inputs[0])].kind == "layer":
        return _over_units(before, op)
    positions = before.positions if isinstance(before, Value) else context.positions
    if op.name != "softmax":
        return Unknown(f"the signal behind {op.name} is not known", op.place)
    weights = spread(before, positions)
    if _masked(context, op):
        weights = _of_the_past(weights, positions)
    second = weights / positions
    apart = share(weights - 1 / positions, weights)
    return Value(second, apart, apart, math.sqrt(1 / (positions * positions * second)), TOLERANCE, None, positions,
                 weights=weights)  # fmt: skip


def _over_units(before: Flow, op: Op) -> Flow:
    """A choice among units, such as the slots of a memory or experts."""
    if isinstance(before, Unknown):
        return before
    count, q = before.width, before.number
    if not isinstance(count, (int, float)) or q is None or count < 1:
        return Unknown("a softmax over units whose number or scale is not known", op.place)
    weights = min(math.exp(min(q, 50.0)) / count, 1.0)
    chosen = share(weights - 1 / count, weights)
    across, local, mean = chosen * before.across, chosen * before.local, math.sqrt(1 - chosen)
    return Value(weights / count, across, local, mean, before.tolerance + TOLERANCE, count, before.positions)


def _of_the_past(weights: float, positions: float) -> float:
    """Σ a² where a position averages those before it: (1 + 1/2 + … + 1/n)/n on average."""
    return min(weights * sum(1 / (each + 1) for each in range(min(round(positions), _LONGEST))), 1.0)


def _masked(context: Context, op: Op) -> bool:
    """Whether scores are masked on the way to the softmax, as if the future were."""
    at: Op | None = op
    for _ in range(_FAR):
        at = context.ops.get(at.inputs[0]) if at is not None and at.inputs else None
        if at is None or at.kind == "matmul":
            return False
        if at.name in {"masked_fill", "where"}:
            return True
        if at.kind == "add" and context.causal and any(context.made(context.ops[each]) for each in at.inputs[1:]):
            return True
    return False


def spread(scores: Flow, positions: float) -> float:
    """Σ a² of a softmax of such scores over so many positions."""
    number = scores.number if isinstance(scores, Value) else None
    variance = number * min(scores.local, 1.0) if isinstance(scores, Value) and number is not None else 0.0
    return min(math.exp(min(variance, 50.0)) / max(positions, 1.0), 1.0)


def attended(value: Value, weights: float) -> Value:
    """The average of a value over positions, with weights of that Σ a²: all positions get nearly the same one."""
    if value.positions <= 1:
        return replace(value, curve=None, parts=())
    found = averaged(value, weights)
    unlike = max(1 - 1 / (value.positions * weights), 1e-3)
    return replace(found, local=found.local * unlike, tolerance=found.tolerance + TOLERANCE)


def matmul_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """To the values, by the weights; to the weights, nothing that we keep count of: see :func:`scores_back`."""
    if len(flows) != 2:
        return [Unknown("a product of which only one side was read", op.place)] * len(flows)
    for index in (0, 1):
        scores, value = flows[index], flows[1 - index]
        if isinstance(scores, Value) and scores.weights is not None:
            back: list[Back] = [Gradient(0.0), Gradient(0.0)]
            back[1 - index] = to_values(gradient, scores.weights, scores.positions)
            if isinstance(value, Value):
                back[index] = gradient.scaled(value.second, TOLERANCE)
            else:
                back[index] = value
            return back
    a, b = flows
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return [
            a if isinstance(a, Unknown) else Unknown("a product"),
            b if isinstance(b, Unknown) else Unknown("a product"),
        ]
    return [gradient.scaled(dim.multiply(other.second, other.positions), TOLERANCE) for other in (b, a)]


def softmax_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """∂a/∂s is about a: the gradient of a score is its weight's times a², of which positions share nothing. The sum
    over d that the gradient of a weight is, and the 1/√d of the scores, cancel."""
    after = context.found.get(op.id)
    if not isinstance(after, Value):
        return [after if isinstance(after, Unknown) else Unknown("a softmax that was not read")]
    return [replace(gradient.scaled(after.second, TOLERANCE), common=0.0)]


def to_values(gradient: Gradient, weights: float, count: float) -> Gradient:
    """The gradient of the values that attention averages: independent ones add by Σ a², common ones as they are."""
    own, common = (1 - gradient.common) * weights, gradient.common
    total = own + common
    alike = ((1 - gradient.common) / max(count, 1.0) + common) / total if total > 0 else 0.0
    return replace(gradient.scaled(total, TOLERANCE), common=min(alike, 1.0), lone=0.0)


def fused(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """softmax(q kᵀ/√d) v in one call."""
    value = flows[-1] if len(flows) < 3 else flows[2]
    if isinstance(value, Unknown):
        return value
    return attended(value, _fused_weights(context, op, flows, value))


def _fused_weights(context: Context, op: Op, flows: Sequence[Flow], value: Value) -> float:
    query, key = flows[0], flows[1] if len(flows) > 1 else flows[0]
    scores: Flow = Unknown("scores")
    if isinstance(query, Value) and isinstance(key, Value):
        scores = Value(dim.multiply(query.second, key.second), local=min(key.local, 1.0))
    weights = spread(scores, value.positions)
    return _of_the_past(weights, value.positions) if op.value == 1 or context.causal else weights


def fused_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """As of the three steps."""
    known = [flow for flow in flows if isinstance(flow, Value)]
    if len(known) < len(flows) or len(known) < 3:
        return [Unknown("the gradient of attention with inputs that are not known", op.place)] * len(flows)
    query, key, value = known[:3]
    weights = _fused_weights(context, op, flows, value)
    result: list[Back] = [to_scores(gradient, value, other, weights) for other in (key, query)]
    return [*result, to_values(gradient, weights, value.positions), *[Gradient(0.0)] * (len(flows) - 3)]


def to_scores(gradient: Gradient, value: Value, other: Value, weights: float) -> Back:
    """The gradient of queries (or keys), through the weights: g·q_v·q_k·Σ a², each but for what positions share."""
    apart = min(value.local, 1.0) * min(other.local, 1.0)
    factor = dim.multiply(dim.multiply(value.second, other.second), weights * apart)
    return replace(gradient.scaled(factor, TOLERANCE), common=0.0)


def layer(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """``nn.MultiheadAttention``: three projections, the average, and the projection of that."""
    found = _projections(context, op, flows)
    if isinstance(found, Unknown):
        return found
    value, weights, gain = found
    mixed = attended(value, weights)
    bias = context.vector(f"{op.module}.out_proj.bias", small=True) if op.module is not None else ZERO
    projected = Value(dim.multiply(mixed.second, gain), mixed.across, mixed.local, 0.0, mixed.tolerance, mixed.width,
                      flows[0].positions if isinstance(flows[0], Value) else mixed.positions)  # fmt: skip
    if not isinstance(bias, Unknown) and bias.second > 0:
        more = summed(projected, Value(bias.second, 0.0, 0.0), {})
        return more
    return projected


def _projections(context: Context, op: Op, flows: Sequence[Flow]) -> tuple[Value, float, float | Dim] | Unknown:
    """What is averaged, the weights' Σ a², and the gain of the last projection."""
    inputs = [flow for flow in flows[:3] if isinstance(flow, Value)]
    if not flows or len(inputs) < min(len(flows), 3):
        return next((flow for flow in flows if isinstance(flow, Unknown)), Unknown("attention without input", op.place))
    query, key, value = (inputs * 3)[:3] if len(inputs) < 3 else inputs
    gains = []
    for role in ("q", "k", "v"):
        packed = context.parameter(f"{op.module}.in_proj_weight")
        weight = packed or context.parameter(f"{op.module}.{role}_proj_weight")
        if weight is None or isinstance(weight.shape, Unknown):
            return Unknown("the projections of attention are not known", op.place)
        gain = product(weight.shape[-1], weight_variance(weight))
        if isinstance(gain, Unknown):
            return gain
        gains.append(gain)
    out = context.parameter(f"{op.module}.out_proj.weight")
    if out is None or isinstance(out.shape, Unknown):
        return Unknown("the last projection of attention is not known", op.place)
    last = product(out.shape[-1], weight_variance(out))
    if isinstance(last, Unknown):
        return last
    scores = Value(
        dim.multiply(dim.multiply(query.second, gains[0]), dim.multiply(key.second, gains[1])), local=key.local
    )
    projected = replace(value.scaled(1.0), second=dim.multiply(value.second, gains[2]), mean=0.0, parts=())
    return projected, spread(scores, value.positions), last if isinstance(last, Dim) else float(last)


def layer_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """To the values, through both projections; what queries and keys get is small beside it and not counted."""
    found = _projections(context, op, flows)
    if isinstance(found, Unknown):
        return [found] * len(flows)
    value, weights, gain = found
    source = flows[min(2, len(flows) - 1)]
    assert isinstance(source, Value)
    inner = dim.divide(value.second, source.second) if source.second != 0 else 0.0
    back = to_values(gradient.scaled(gain), weights, value.positions).scaled(inner if inner is not None else 0.0)
    rest: list[Back] = [Gradient(0.0)] * (len(flows) - 1)
    return [*rest[: min(2, len(flows) - 1)], back, *rest[min(2, len(flows) - 1) :]]
