"""Norms: the second moment is γ² behind them, whatever came before, unless nothing did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Context
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, share
from initlint.signal.weights import ONE, ZERO, Vector

# torch's default for batch, layer, group and instance norm.
_EPSILON = 1e-5
_LOCAL = 0.1
# Behind a value that is not known: which share of it differs between inputs is not known, either.
_RESTARTED = 0.3
# Of how far one position is from the others, how much may be wrong.
_UNLIKE = 0.2
_LEVY, _USUAL_WIDTH = 2.2, 64


def forward(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    """Batch and instance norm take the mean over inputs or positions off and leave what differs between them; layer and
    group norm take the mean over units off; RMS norm nothing. A value that is not known has a known scale again."""
    before = flows[0]
    if op.name == "local":
        return before if isinstance(before, Unknown) else replace(before, tolerance=before.tolerance + _LOCAL)
    if op.name == "l2":
        return _unit(before, op)
    affine = _affine(context, op)
    if isinstance(affine, Unknown):
        return affine
    gamma, beta = affine
    if isinstance(before, Unknown):
        rough = 0.0 if op.name in {"batch", "instance"} else _RESTARTED
        width = context.width(_name(context, op, op.weight, "weight"))
        return _shifted(Value(gamma.second, 1.0, 1.0, 0.0, rough, width, context.positions), beta)
    removed, across, local = _statistics(op, before)
    whole = removed + (_EPSILON / before.number if before.number else 0.0)
    if removed <= 0 or whole <= 0:
        return _shifted(replace(before, second=0.0, across=0.0, local=0.0, mean=0.0, curve=None, parts=()), beta)
    kept = removed / whole
    value = Value(
        second=gamma.second * kept,
        across=share(across, removed),
        local=share(local, removed),
        mean=before.mean * gamma.mean / gamma.second**0.5 if op.name == "rms" and gamma.second else 0.0,
        tolerance=0.0 if op.name in {"batch", "instance"} else before.tolerance,
        width=before.width,
        positions=before.positions,
        bent=before.bent,
    )
    return _shifted(value, beta)


def _statistics(op: Op, before: Value) -> tuple[float, float, float]:
    """By what the norm divides, and what differs between inputs and positions, as shares of the second moment."""
    if op.name == "batch":
        removed = max(before.across, before.local if before.positions > 1 else 0.0)
        return removed, before.across, before.local
    if op.name == "instance":
        return before.local, min(before.across, before.local), before.local
    removed = 1.0 if op.name == "rms" else max(1 - before.mean**2, before.across)
    return removed, before.across, before.local


def _unit(before: Flow, op: Op) -> Flow:
    if isinstance(before, Unknown):
        return Unknown("the number of units that are normalised", op.place)
    if before.width is None:
        return Unknown("the number of units that are normalised", op.place)
    return replace(before, second=dim.divide(1, before.width) or 0.0, curve=None, parts=())


def _name(context: Context, op: Op, name: str | None, role: str) -> str | None:
    if name is None and op.module is not None and context.parameter(f"{op.module}.{role}") is not None:
        return f"{op.module}.{role}"
    return name


def _affine(context: Context, op: Op) -> tuple[Vector, Vector] | Unknown:
    """γ and β."""
    found = []
    for name, role, default in ((op.weight, "weight", ONE), (op.bias, "bias", ZERO)):
        name = _name(context, op, name, role)
        value = context.vector(name) if name is not None else default
        if isinstance(value, Unknown):
            return value
        found.append(value)
    return found[0], found[1]


def _shifted(value: Value, beta: Vector) -> Value:
    if beta.second == 0 or isinstance(value.second, dim.Dim):
        return value
    second = value.second + beta.second + 2 * beta.mean * value.mean * value.second**0.5
    if second <= 0:
        return value
    part = value.second / second
    mean = (value.mean * value.second**0.5 + beta.mean) / second**0.5
    return replace(value, second=second, across=value.across * part, local=value.local * part, mean=mean)


def backward(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    """g = γ²·g'/q, of the q by which the norm divided."""
    before = flows[0]
    if isinstance(before, Unknown):
        return [before]
    if op.name == "local":
        return [gradient]
    if op.name == "l2":
        factor = None if before.width is None else dim.divide(1, dim.multiply(before.width, before.second))
        return [gradient.scaled(factor) if factor is not None else Unknown("the scale of a norm", op.place)]
    affine = _affine(context, op)
    if isinstance(affine, Unknown):
        return [affine]
    removed = _statistics(op, before)[0]
    size = dim.multiply(before.second, removed)
    if not isinstance(size, dim.Dim):
        size += _EPSILON
    inverse = dim.divide(affine[0].second, size)
    if inverse is None:
        return [Unknown("a norm of nothing", op.place)]
    uneven = 1.0
    if op.name in {"batch", "instance"} and before.terms is not None:
        # Each unit is divided by its own deviation: the mean of 1/v is more than 1 over that of v.
        uneven = 1 + 2 / max(before.terms, 2.0)
        if before.terms < 2:
            # Of a single weight, 1/w² has no mean: that of n of them is about 2.2 n (the median of a Lévy variable).
            many = before.width if isinstance(before.width, (int, float)) else _USUAL_WIDTH
            uneven = _LEVY * many
    if op.name in {"batch", "instance"} or before.unlike == 0:
        return [replace(gradient.scaled(inverse, before.tolerance), uneven=uneven)]
    # Layer and RMS norm divide each position by its own deviation.
    held, even = gradient.held(before.positions), 1 / max(before.positions, 2.0)
    own, rest = held * 100**-before.unlike, 1 - held
    part = own / (own + rest)
    passed = gradient.scaled(dim.multiply(inverse, own + rest), before.tolerance + _UNLIKE * abs(before.unlike) * part)
    return [replace(passed, lone=max(part - even, 0.0) / (1 - even))]
