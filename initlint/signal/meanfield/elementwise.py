"""Element-wise functions of one value: activations, and what a forward writes out, at the actual second moment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from initlint.ir.dim import Dim, Scalar, multiply
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal import activations
from initlint.signal.meanfield import curve
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.curve import Curve, Expression, Shape
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, limited, multiplied, share

# What a mean does to the moments of a value that is taken as a Gaussian but is none, as behind a pool.
_NO_GAUSSIAN = 0.08
_OFF_CENTRE = 0.2
# What the skewness does that an activation leaves where a norm has taken its mean and a sum brings it before another.
_BENT, _BENT_SLOPE = 0.15, 0.06
_WAVES, _WAVE = frozenset({"sine", "cosine"}), 0.1


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """The moments of the whole curve behind the last sum of many terms."""
    before = flows[0]
    if isinstance(before, Unknown):
        wave = activations.canonical(op.name) in _WAVES and context.made(context.ops[op.inputs[0]])
        return _encoded(context) if wave else before
    if op.name == "identity":
        return before
    if op.name == "glu":
        gate = _valued(context, Curve(op.id, ("activation", "sigmoid", None, curve.X)), replace(before, curve=None), op)
        return gate if isinstance(gate, Unknown) else multiplied(before, gate)
    made = own_curve(context, op.inputs[0], before)
    if made.expression[0] == "activation" and activations.canonical(op.name) == made.expression[1] == "relu":
        return before
    expression = _expression(context, op, made.expression)
    if isinstance(expression, Unknown):
        return expression
    return of(context, Curve(made.source, expression), before, op)


def _encoded(context: Context) -> Value:
    """The sine or cosine of positions times frequencies, as positions are encoded and rotated by: the same for all
    inputs, of second moment one half."""
    return Value(0.5, 0.0, 1.0, 0.0, _WAVE, positions=context.positions)


def own_curve(context: Context, number: int, value: Value) -> Curve:
    """The curve of a value; of one that is none, its source."""
    if value.curve is not None and curve.depth(value.curve.expression) <= curve.LARGEST_DEPTH:
        return value.curve
    if value.curve is None:
        number = context.source(number)
    context.bases.setdefault(number, replace(value, curve=None))
    return Curve(number, curve.X)


def of(context: Context, made: Curve, like: Value, op: Op) -> Flow:
    """The value of a curve, with the sizes of ``like``."""
    found = _valued(context, made, like, op)
    if isinstance(found, Unknown):
        return found
    return replace(found, width=like.width, positions=like.positions, curve=made)


def _expression(context: Context, op: Op, inner: Expression) -> Expression | Unknown:
    if op.kind == "activation":
        argument = _argument(context, op)
        if isinstance(argument, Unknown):
            return argument
        found: Expression = ("activation", activations.canonical(op.name), argument, inner)
    elif op.name == "pow":
        value = op.value
        if not isinstance(value, (int, float)) or not math.isfinite(value) or value != int(value) or value < 1:
            return Unknown("a power that is not known", op.place)
        found = ("power", int(value), inner)
    else:
        found = ("function", op.name, inner)
    if not curve.computable(found):
        return Unknown(f"the moments of {op.name} are not known", op.place)
    return found


def _argument(context: Context, op: Op) -> float | Unknown | None:
    if not activations.takes_argument(op.name):
        return None
    value: Scalar | Unknown | None = op.value
    if value is None and op.name == "prelu" and op.weight is not None:
        slope = context.vector(op.weight)
        return slope if isinstance(slope, Unknown) else slope.mean
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Dim):
        return Unknown(f"the argument of {op.name} is {value}", op.place)
    return float(value) if value is not None else None


def _source(context: Context, made: Curve, like: Value) -> Value:
    return context.bases.get(made.source, like)


def _shape(made: Curve, source: Value) -> tuple[Shape, Scalar] | None:
    """The curve's moments, and the second moment in whose unit they are."""
    q, unit = source.number, 1.0
    outer: Scalar = 1.0
    if q is None or not 1e-30 < q < 1e30:
        if not curve.homogeneous(made.expression):
            if q is None:
                return None
        else:
            outer, q = source.second, unit
    mean = source.mean * math.sqrt(q)
    # What no noise is left of is a number, but for zero-mean values, whose variance may be as small as any.
    variance = max(q - mean * mean, 1e-12 * q)
    found = curve.shape(made.expression, mean, variance, min(source.across, 1.0) * q, min(source.local, 1.0) * q)
    return None if found is None else (found, outer)


def _valued(context: Context, made: Curve, like: Value, op: Op) -> Flow:
    source = _source(context, made, like)
    if source.second == 0 and not isinstance(source.second, Dim):
        height = curve.compiled(made.expression)(0.0)[0]
        return Value(height * height, 0.0, 0.0, math.copysign(1, height) if height else 0.0)
    found = _shape(made, source)
    if found is None:
        return Unknown(f"the moments of {op.name or op.kind} at {source.second}", op.place)
    shape, unit = found
    second = shape.second
    return Value(
        second=limited(multiply(unit, second)),
        across=share(shape.across, second),
        local=share(shape.local, second),
        mean=min(max(shape.mean / math.sqrt(second), -1.0), 1.0) if second > 0 else 0.0,
        tolerance=math.hypot(source.tolerance, _NO_GAUSSIAN if abs(source.mean) > _OFF_CENTRE else _BENT * source.bent),
        bent=1.0,
    )


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """g = E φ'²·g' at the curve's source; see :func:`to_source`."""
    before = flows[0]
    if isinstance(before, Unknown):
        return [before]
    if op.name == "identity":
        return [gradient]
    if op.name == "glu":
        gate = _valued(context, Curve(op.id, ("activation", "sigmoid", None, curve.X)), replace(before, curve=None), op)
        steep = _shape(Curve(op.id, ("activation", "sigmoid", None, curve.X)), before)
        if isinstance(gate, Unknown) or steep is None or before.number is None:
            return [Unknown("the slope of a gate", op.place)]
        return [gradient.scaled((float(gate.number or 0.0) + steep[0].slope * before.number) / 2)]
    return [Unknown(f"the slope of {op.name}", op.place)]


def to_source(context: Context, made: Curve, gradient: Gradient) -> Back:
    """The gradient at the source of a curve, given that at the curve's value."""
    source = context.bases.get(made.source)
    if source is None:
        return Unknown("a curve without source")
    if source.second == 0:
        slope = curve.compiled(made.expression)(0.0)[1]
        return gradient.scaled(slope * slope)
    found = _shape(made, source)
    if found is None:
        return Unknown(f"the slope at {source.second}")
    shape = found[0]
    if shape.slope <= 0:
        return gradient.scaled(0.0)
    off = abs(source.mean) > _OFF_CENTRE
    rough = (_NO_GAUSSIAN if off else 0.0) + _shallow(source.tolerance)
    if source.bent and not off:  # it leans to the same side at each layer
        gradient = replace(gradient, tolerance=gradient.tolerance + _BENT_SLOPE * source.bent)
    # The slopes at two positions are as unlike as the positions are.
    alike = min(shape.mean_slope**2 / shape.slope, 1.0)
    common = gradient.common * (1 - min(source.local, 1.0) * (1 - alike))
    return replace(gradient.scaled(shape.slope, rough), common=common)


def _shallow(tolerance: float) -> float:
    """What a tolerance of the second moment does to the slope, which hardly depends on it."""
    return 0.25 * tolerance


def constant(context: Context, op: Op, before: Value) -> Flow:
    """``x + 2``, ``x * 0.5``, ``1 - x`` (a ``reversed`` difference) and their like."""
    value = op.value
    if before.scores:
        return before
    if isinstance(value, Unknown):
        return value
    if value is None:
        return before
    if isinstance(value, Dim):
        if op.kind == "mul":
            return before.scaled(value)
        return Unknown(f"the operand {value} is not a number", op.place)
    number = float(value)
    if op.kind == "div":
        if number == 0:
            return Unknown("a division by zero", op.place)
        number = 1 / number
    if op.kind in {"mul", "div"}:
        if before.curve is None:
            made = own_curve(context, op.inputs[0], before)
            return replace(before.scaled(number), curve=Curve(made.source, curve.affine(number, 0.0, curve.X)))
        line = curve.affine(number, 0.0, before.curve.expression)
    else:
        made = own_curve(context, op.inputs[0], before)
        backwards = op.name == "reversed"
        shift = number if op.kind == "add" or backwards else -number
        line = curve.affine(-1.0 if backwards else 1.0, shift, made.expression)
    made = own_curve(context, op.inputs[0], before)
    return of(context, Curve(made.source, line), before, op)
