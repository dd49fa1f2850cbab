"""Sums, products, concatenations of several values, and values that depend on a condition."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.dim import Scalar
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield import curve, elementwise
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.curve import Curve
from initlint.signal.meanfield.value import (
    Back,
    Flow,
    Gradient,
    Value,
    mixed,
    multiplied,
    ratio,
    summed,
)

# Behind a cat of which we can't say whether it sets units or positions side by side.
_SIDE_BY_SIDE = 0.1
_AGREEMENT = 0.02
_MOST_UNLIKE = 3.0


def values(flows: Sequence[Flow]) -> list[Value] | Unknown:
    """The flows, or the first that is not known."""
    known = []
    for flow in flows:
        if isinstance(flow, Unknown):
            return flow
        known.append(flow)
    return known


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """Functions of one value are one curve; other operands are independent but for the parts that they share."""
    scores = next((flow for flow in flows if isinstance(flow, Value) and flow.scores), None)
    if scores is not None:
        return scores  # what is added to them is a mask, or small
    known = values(flows)
    if isinstance(known, Unknown):
        return known
    if len(known) == 1:
        return elementwise.constant(context, op, known[0])
    known = _aligned(known)
    result: Flow = known[0]
    number = op.inputs[0]
    for other_number, other in zip(op.inputs[1:], known[1:]):
        if isinstance(result, Unknown):
            return result
        result = _pair(context, op, (number, result), (other_number, other))
        number = op.id
    return result


def _aligned(known: list[Value]) -> list[Value]:
    """What is the same for all inputs, as encodings of positions are, has the positions of the signal that it meets:
    its own sizes don't tell units from positions."""
    most = max((value.positions for value in known if value.across > 0), default=1.0)
    if most <= 1:
        return known
    return [value if value.across > 0 else replace(value, positions=min(value.positions, most)) for value in known]


def _pair(context: Context, op: Op, one: tuple[int, Value], other: tuple[int, Value]) -> Flow:
    (first, a), (second, b) = one, other
    both = same_curve(context, op, first, a, second, b)
    if both is not None:
        return elementwise.of(context, both, _larger(a, b), op)
    match op.kind:
        case "add":
            return summed(_parted(context, first, a), _parted(context, second, b), context.bases)
        case "sub":
            return summed(_parted(context, first, a), _parted(context, second, b).scaled(-1.0), context.bases)
        case "mul":
            for number, value, factor in ((first, a, b), (second, b, a)):
                if factor.constant is not None:
                    scaled = _parted(context, number, value).scaled(factor.constant)
                    width = value.width if value.width is not None else factor.width
                    return replace(scaled, width=width, positions=max(a.positions, b.positions))
            return multiplied(a, b)
    return Unknown("the signal behind a division by another value", op.place)


def _larger(a: Value, b: Value) -> Value:
    return a if a.positions >= b.positions else b


def _parted(context: Context, number: int, value: Value) -> Value:
    """The value as a sum of parts, being its own only one where it is none."""
    if value.parts:
        return value
    match value.curve:
        case Curve(base, ("affine", slope, 0.0, curve.X)) if base in context.bases:
            return replace(value, parts=((base, slope),))
    source = context.source(number)
    context.bases.setdefault(source, value)
    return replace(value, parts=((source, 1.0),))


def same_curve(context: Context, op: Op, first: int, a: Value, second: int, b: Value) -> Curve | None:
    """The curve that the op makes of two functions of one and the same Gaussian; None for others."""
    if a.curve is None and b.curve is None and context.source(first) != context.source(second):
        return None
    one = a.curve or Curve(context.source(first), curve.X)
    other = b.curve or Curve(context.source(second), curve.X)
    if one.source != other.source:
        return None
    context.bases.setdefault(one.source, a)
    inner = other.expression if op.kind != "sub" else curve.affine(-1.0, 0.0, other.expression)
    made = ("add" if op.kind == "sub" else op.kind, one.expression, inner)
    if op.kind in {"add", "sub"} and one.expression == curve.X:
        slope, offset, core = (1.0, 0.0, inner) if inner[0] != "affine" else inner[1:]
        made = curve.affine(1 + slope, offset, curve.X) if core == curve.X else made
    return Curve(one.source, made) if curve.computable(made) else None


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """A sum passes the gradient on to each; a product, times the other's second moment. What was broadcast over
    positions gathers the gradients of all of them."""
    if any(isinstance(flow, Value) and flow.scores for flow in flows):
        return [gradient if isinstance(flow, Value) and flow.scores else Gradient(0.0) for flow in flows]
    known = values(flows)
    if isinstance(known, Unknown):
        return [known] * len(flows)
    known = _aligned(known)
    most = max(value.positions for value in known)
    if len(known) == 1:
        factor: Scalar = 1.0
        if op.kind in {"mul", "div"} and op.value is not None and not known[0].scores:
            if isinstance(op.value, Unknown):
                return [op.value]
            factor = op.value if op.kind == "mul" else (dim.divide(1, op.value) or 0.0)
        return [gradient.scaled(dim.multiply(factor, factor))]
    result: list[Back] = []
    for index, value in enumerate(known):
        gathered = most / value.positions if value.positions else 1.0
        factor = gathered * (1 + gradient.common * (gathered - 1))
        if op.kind in {"mul", "div"}:
            for other in known[:index] + known[index + 1 :]:
                factor = dim.multiply(factor, other.second)
        if op.kind == "div":
            result.append(Unknown("the gradient of a division by another value", op.place))
        else:
            result.append(gradient.scaled(factor))
    return result


def cat(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """The mean, weighted by width where units are set side by side, and by positions where tokens are."""
    if op.name == "assign" and len(flows) > 1 and not isinstance(flows[-1], Unknown):
        return flows[-1]
    known = values(flows)
    if isinstance(known, Unknown):
        return known
    side = units_side_by_side(context, op, known)
    if side:
        weights = [_float(value.width) for value in known]
        sure = all(weight is not None for weight in weights)
        symbolic = [ratio(value.width, known[0].width) for value in known if value.width and known[0].width]
        if sure:
            shares = [weight or 0.0 for weight in weights]
        elif len(symbolic) == len(known) and all(each is not None for each in symbolic):
            shares, sure = [each or 0.0 for each in symbolic], True
        else:
            shares = [1.0] * len(known)
    else:
        shares, sure = [value.positions for value in known], False
    found = mixed(list(zip(known, shares)))
    if isinstance(found, Unknown):
        return found
    width: Scalar | None = known[0].width
    if side:
        for value in known[1:]:
            width = None if width is None or value.width is None else dim.add(width, value.width)
    positions = max(value.positions for value in known) if side else sum(value.positions for value in known)
    tolerance = found.tolerance + (0.0 if sure else _SIDE_BY_SIDE)
    unlike = 0.0 if side else max((_apart(value, found) for value in known), key=abs)
    return replace(found, tolerance=tolerance, width=width, positions=positions, unlike=unlike)


def _apart(value: Value, whole: Value) -> float:
    """By how many decades the standard deviation of a part differs from that of all."""
    size = ratio(value.second, whole.second) if whole.second != 0 else None
    return min(max(math.log10(size) / 2, -_MOST_UNLIKE), _MOST_UNLIKE) if size else -_MOST_UNLIKE


def units_side_by_side(context: Context, op: Op, known: Sequence[Value]) -> bool | None:
    """Whether a cat widens; None where that is not known."""
    if any(value.across == 0 and value.positions != known[-1].positions for value in known):
        return False
    wanted = context.next_width(op)
    widths = [_float(value.width) for value in known]
    if wanted is not None and isinstance(wanted, (int, float)) and all(width is not None for width in widths):
        if sum(width or 0.0 for width in widths) == wanted:
            return True
        if all(width == wanted for width in widths):
            return False
    return True if op.kind == "cat" else None


def _float(width: Scalar | None) -> float | None:
    return float(width) if isinstance(width, (int, float)) else None


def split(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """Each part's gradient is that of its place; where a batch norm follows, it divides each part by its own scale."""
    whole = context.found.get(op.id)
    if gradient.lone > 0 and isinstance(whole, Value) and whole.unlike:
        return _places(flows, whole, gradient)
    readers = context.consumers(op)
    normed = bool(readers) and all(each.kind == "norm" and each.name == "batch" for each in readers)
    if not normed or not isinstance(whole, Value) or whole.second == 0:
        return [gradient] * len(flows)
    result: list[Back] = []
    for flow in flows:
        size = ratio(_divisor(whole), _divisor(flow)) if isinstance(flow, Value) and _divisor(flow) != 0 else None
        result.append(gradient if size is None else replace(gradient.scaled(size), uneven=1.0))
    return result


def _places(flows: Sequence[Flow], whole: Value, gradient: Gradient) -> list[Back]:
    """Of positions side by side, of which one holds more of the gradient than the others."""
    known = [flow for flow in flows if isinstance(flow, Value)]
    first = max(known, key=lambda value: abs(_apart(value, whole)))
    held = gradient.held(whole.positions)
    result: list[Back] = []
    for flow in flows:
        own = isinstance(flow, Value) and flow is first
        places = flow.positions if isinstance(flow, Value) and own else max(whole.positions - first.positions, 1.0)
        part = (held if own else 1 - held) * whole.positions / places
        result.append(replace(gradient.scaled(part), lone=0.0))
    return result


def _divisor(value: Value) -> Scalar:
    """The variance over inputs and positions."""
    return dim.multiply(value.second, max(value.across, value.local if value.positions > 1 else 0.0))


def either(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """The value where all that it may be agree."""
    known = values(flows)
    if isinstance(known, Unknown):
        return known
    plain = _unchanged(context, op)
    if plain is not None:
        return known[plain]
    if all(alike(known[0], other) for other in known[1:]):
        return known[0] if len(known) == 1 or known[0].curve == known[-1].curve else replace(known[0], curve=None)
    return Unknown("the signal depends on a condition that is not known", op.place)


def _unchanged(context: Context, op: Op) -> int | None:
    """Which of two the other is made of by resampling, as sizes that don't fit are (mostly they do), or by adding a
    mask, which is zero where it hides nothing."""
    if len(op.inputs) != 2:
        return None
    for index, number in enumerate(op.inputs):
        other = context.ops.get(context.source(op.inputs[1 - index]))
        if other is None or context.source(other.inputs[0] if other.inputs else -1) != context.source(number):
            continue
        if other.kind == "resample" or (other.kind == "add" and all(_zero(context, each) for each in other.inputs[1:])):
            return index
    return None


def _zero(context: Context, number: int) -> bool:
    value = context.found.get(number)
    return isinstance(value, Value) and value.second == 0


def alike(a: Value, b: Value) -> bool:
    """Whether two states are the same but for rounding."""
    size = 1.0 if a.second == b.second else ratio(a.second, b.second) if b.second != 0 else None
    if size is None:
        return False
    return abs(size - 1) <= _AGREEMENT and abs(a.across - b.across) <= _AGREEMENT * max(a.across, b.across)


def either_back(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """One of them is read, nobody knows which; where they are one value but for dropout, that one."""
    plain = _unchanged(context, op)
    if plain is not None:
        return [gradient if index == plain else Gradient(0.0) for index in range(len(flows))]
    sources = {context.source(number) for number in op.inputs}
    masked = all(isinstance(flow, Value) and flow.scores for flow in flows)
    if len(sources) == 1 or masked:
        return [gradient, *[Gradient(0.0)] * (len(flows) - 1)]
    return [Unknown("the gradient depends on a condition that is not known", op.place)] * len(flows)
