"""Weight layers that sum over inputs: linear, convolutions, products with a matrix, embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.dim import Scalar
from initlint.ir.model import Op, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, limited, ratio, share
from initlint.signal.weights import ZERO, Vector, distribution, fans, product, weight_variance

# How far the scale of an identity map or of a shared table may be off.
_IDENTITY, _SMALL_BIAS = 0.05, 0.02
_LARGEST_KERNEL = 64
# A sum of so many terms is taken for a Gaussian.
_FEW = 32
_CONVOLUTIONS = frozenset({"conv", "conv_transpose"})


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """q' = fan_in·Var(W)·q + Var(b), and the covariances likewise (He et al. 2015)."""
    weight = context.parameter(op.weight)
    if weight is None:
        return Unknown(f"the weight of a {op.name} layer is not known", op.place)
    before = flows[0] if flows else Unknown(f"a {op.name} layer without input", op.place)
    bias = context.vector(op.bias, small=True) if op.bias is not None else ZERO
    gain = _gain(context, op, weight, before)
    if isinstance(gain, Unknown):
        return gain
    if isinstance(bias, Unknown):
        return bias
    width = _width(context, op, weight)
    if gain == 0:
        return _with_bias(Value(0.0, 0.0, 0.0, width=width), bias)
    if isinstance(before, Unknown):
        return before
    if op.name == "bilinear" and len(flows) > 1:
        other = flows[1]
        if isinstance(other, Unknown):
            return other
        gain = dim.multiply(gain, other.second)
    before = _arranged(op, weight, before)
    positions = _positions(op, weight, before.positions)
    both = inside(op, weight, before.positions)[1]
    identity = distribution(weight)
    tolerance = before.tolerance
    if not isinstance(identity, Unknown) and _same_map(identity.family):
        tolerance += _IDENTITY
    # Where zeros stand around an image, its edges differ from its middle also in what inputs have in common.
    local = 1 - (1 - before.local) * both if before.local < 1 else before.local
    value = Value(limited(dim.multiply(gain, before.second)), before.across, local, 0.0, tolerance, width, positions)
    fan_in = fans(op, weight)[0]
    terms = float(fan_in) if isinstance(fan_in, (int, float)) else None
    return replace(_with_bias(value, bias), terms=terms, bent=before.bent / terms if terms and terms < _FEW else 0.0)


def _arranged(op: Op, weight: Parameter, before: Value) -> Value:
    """The value with as many units at a position as the layer takes: an image may have been flattened, or tokens stand
    where units stood."""
    shape = weight.shape
    taken = shape[1] if op.name == "linear" and not isinstance(shape, Unknown) and len(shape) == 2 else None
    width = before.width
    if not isinstance(taken, (int, float)) or not isinstance(width, (int, float)) or taken == width or width <= 0:
        return before
    if taken == before.positions:
        return replace(before, width=taken, positions=float(width))
    return replace(before, width=taken, positions=max(before.positions * width / taken, 1.0))


def _same_map(family: str) -> bool:
    return family in {"eye", "dirac"}


def _gain(context: Context, op: Op, weight: Parameter, before: Flow) -> Scalar | Unknown:
    found = distribution(weight)
    if not isinstance(found, Unknown) and _same_map(found.family):
        return 1.0
    spread = weight_variance(weight)
    if not isinstance(spread, Unknown) and spread == 0:
        return 0.0
    fan_in = fans(op, weight)[0]
    if _transposed(context, op, weight):
        fan_in = fans(op, weight)[1]
    edge = 1.0 if isinstance(before, Unknown) else inside(op, weight, before.positions)[0]
    return product(fan_in, spread, edge)


def _transposed(context: Context, op: Op, weight: Parameter) -> bool:
    """Whether a matrix is used in the other direction, as the table of an embedding tied to a projection may be."""
    shape = weight.shape
    if op.name not in {"linear", "matmul"} or isinstance(shape, Unknown) or len(shape) != 2 or shape[0] == shape[1]:
        return False
    before = context.found.get(op.inputs[0]) if op.inputs else None
    if not isinstance(before, Value) or before.width is None:
        return False
    own, other = (shape[1], shape[0]) if op.name == "linear" else (shape[0], shape[1])
    return before.width == other and before.width != own


def _width(context: Context, op: Op, weight: Parameter) -> Scalar | None:
    shape = weight.shape
    if isinstance(shape, Unknown) or len(shape) < 2:
        return None
    size: Scalar | Unknown
    match op.name:
        case "conv_transpose":
            size = product(shape[1], op.groups)
        case "matmul":
            size = shape[-1]
        case "embedding":
            size = shape[-1]
        case _:
            size = shape[1] if _transposed(context, op, weight) else shape[0]
    return None if isinstance(size, Unknown) else size


def _positions(op: Op, weight: Parameter, positions: float) -> float:
    if op.name not in _CONVOLUTIONS or not isinstance(op.stride, (int, float)) or op.stride <= 0:
        return positions
    if op.name == "conv":
        if op.stride == 1 and not isinstance(weight.shape, Unknown) and len(weight.shape) > 2:
            last, rank = weight.shape[-1], len(weight.shape) - 2
            if isinstance(last, (int, float)) and last % 2 == 0:
                return float(max(positions ** (1 / rank) - last + 1, 1.0) ** rank)
        return max(positions / op.stride, 1.0)
    return _started(op, weight, positions) or positions * op.stride


def _started(op: Op, weight: Parameter, positions: float) -> float | None:
    """How many positions a transposed convolution makes of a single one, as a generator starts with."""
    if op.name != "conv_transpose" or positions != 1 or op.stride != 1 or isinstance(weight.shape, Unknown):
        return None
    kernel = product(*weight.shape[2:])
    return float(kernel) if isinstance(kernel, (int, float)) else None


def inside(op: Op, weight: Parameter, positions: float) -> tuple[float, float]:
    """The share of a kernel's taps that lie inside the image on average, zeros being around it; and of those at one
    position, the share that do at another, too. Convolutions with odd kernels are taken to keep the size, those with
    even ones to be strided by half their kernel or by all of it."""
    shape = weight.shape
    start = _started(op, weight, positions)
    if start is not None:
        return 1 / start, 1.0
    if op.name not in _CONVOLUTIONS or isinstance(shape, Unknown) or len(shape) < 3 or positions <= 1:
        return 1.0, 1.0
    side = positions ** (1 / (len(shape) - 2))
    found, shared = 1.0, 1.0
    for size in shape[2:]:
        if not isinstance(size, (int, float)) or size < 2:
            continue
        if size % 2:
            # The tap at distance j from the middle sees a zero at j columns of one edge.
            half = min((int(size) - 1) // 2, _LARGEST_KERNEL)
            seen = [max(1 - abs(tap) / side, 0.0) for tap in range(-half, half + 1)]
            both, one = sum(share * share for share in seen), sum(seen)
            found, shared = found * one / len(seen), shared * both / one
            continue
        stride = op.stride ** (1 / (len(shape) - 2)) if isinstance(op.stride, (int, float)) else size
        lost = 1 / (side if op.name == "conv" else 2 * side) if 1 < stride < size else 0.0
        found, shared = found * (1 - min(lost, 0.9)), shared * (1 - min(lost, 0.9))
    return found, shared


def _with_bias(value: Value, bias: Vector) -> Value:
    if bias.second == 0:
        return value
    if value.second == 0:
        mean = bias.mean / bias.second**0.5
        return Value(bias.second, 0.0, 0.0, mean, width=value.width, positions=value.positions)
    more = ratio(bias.second, value.second)
    if more is None:  # a bias beside a signal whose sizes are not known: small, as biases are
        return Value(value.second, value.across, value.local, 0.0, value.tolerance + _SMALL_BIAS, value.width,
                     value.positions)  # fmt: skip
    whole = 1 + more
    mean = bias.mean / bias.second**0.5 * (more / whole) ** 0.5
    return Value(
        limited(dim.multiply(value.second, whole)), share(value.across, whole), share(value.local, whole), mean,
        value.tolerance + (_SMALL_BIAS if bias.approximate else 0.0), value.width, value.positions,
    )  # fmt: skip


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """g = fan_out·Var(W)·g', each input unit feeding fan_out outputs."""
    # Units whose gradient is large, their weights being small, pass on no more of it than others.
    gradient = replace(gradient, uneven=1.0)
    weight = context.parameter(op.weight)
    if weight is None:
        return [Unknown(f"the weight of a {op.name} layer is not known", op.place)] * len(flows)
    found = distribution(weight)
    if not isinstance(found, Unknown) and _same_map(found.family):
        return [gradient] * len(flows)
    before = flows[0] if flows else None
    sizes = fans(op, weight)
    fan_out = sizes[0] if _transposed(context, op, weight) else sizes[1]
    edge = inside(op, weight, before.positions)[0] if isinstance(before, Value) else 1.0
    if isinstance(before, Value) and op.name in _CONVOLUTIONS and isinstance(op.stride, (int, float)):
        if _started(op, weight, before.positions) is not None:
            edge = 1.0
        elif op.name == "conv" and before.positions > 1:
            # Each output has as many taps, wherever they lie: each input, as many as there are outputs for it.
            edge *= op.stride * _positions(op, weight, before.positions) / before.positions
    gain = product(fan_out, weight_variance(weight), edge)
    if isinstance(gain, Unknown):
        return [gain] * len(flows)
    if op.name == "bilinear" and len(flows) == 2:
        one, other = flows
        if isinstance(one, Unknown):
            return [one] * 2
        if isinstance(other, Unknown):
            return [other] * 2
        return [gradient.scaled(dim.multiply(gain, other.second)), gradient.scaled(dim.multiply(gain, one.second))]
    return [gradient.scaled(gain)] * len(flows)


def embedding(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """A row of the table: what tells inputs apart is what tells its rows apart."""
    found = context.vector(op.weight)
    if isinstance(found, Unknown):
        return found
    given = context.ops.get(context.source(op.inputs[0])) if op.inputs else None
    differs = given is not None and not context.made(given)
    before = flows[0] if flows else None
    # Of indices that are made in the forward, the sizes are not known: mostly one for each position.
    positions = before.positions if isinstance(before, Value) and differs else context.positions
    part = share(found.variance, found.second)
    mean = found.mean / found.second**0.5 if found.second else 0.0
    width = context.width(op.weight, -1)
    return Value(found.second, part if differs else 0.0, part, mean, 0.0, width, positions)


def unread(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """No gradient passes to indices."""
    return [Gradient(0.0)] * len(flows)
