"""Norms that a constructor divides a tensor by, row by row, so that each of them has one that is known.

``out * (std / out.pow(2).sum(1, keepdim=True).sqrt())``, ``weight *= scale / weight.norm(dim=1, keepdim=True)``,
``F.normalize(weight)`` and ``weight.renorm_(2, 1, 1e-5)``. Of a row of n elements that are drawn alike around 0, each
has the second moment 1/n once the row is divided by its norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from initlint.interpret.operators import as_scalar
from initlint.interpret.values import MISSING, ListValue, Tensor, Value
from initlint.ir import dim
from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_KEY = ("norm",)
_EUCLIDEAN = ("fro", 2, MISSING)
_NORMS = frozenset({"norm", "linalg.norm", "linalg.vector_norm"})
# What leaves a norm as it is, but for its shape and a small number below which it does not fall.
_KEPT = frozenset({"expand_as", "expand", "unsqueeze", "view", "reshape", "repeat", "clamp", "clamp_min", "clip"})
_POWERS = {"sqrt": 0.5, "rsqrt": -0.5, "reciprocal": -1, "square": 2}
FUNCTIONS = _NORMS | _POWERS.keys() | {"pow", "sum", "nn.functional.normalize", "normalize"}
METHODS = FUNCTIONS | _KEPT
_UNTOLD = Unknown("the shape of a norm")
_SMALL = 1e-3
_WELL_BEYOND = 10.0
_DRAWN = frozenset({"normal", "uniform", "truncated_normal"})


@dataclass(frozen=True, slots=True, eq=False)
class _Norm:
    """``factor`` times the norms of rows of ``count`` elements, to the ``power``; the squares of single elements where
    ``count`` is None. ``drawn`` is what the tensor held that they are of."""

    drawn: tuple[InitAction, ...]
    count: Scalar | None
    power: float
    factor: Scalar = 1


def _tensor(found: _Norm, shape: Value, place: Place) -> Tensor:
    result = Tensor(place)
    action = InitAction(Initializer("a norm", "unknown"), place, explicit=False)
    result.data.update({"shape": shape, "candidates": (action,), "history": (action,), "parameter": False, _KEY: found})
    return result


def _norm(value: Value) -> _Norm | None:
    found = value.data.get(_KEY) if isinstance(value, Tensor) else None
    return found if isinstance(found, _Norm) else None


def _drawn(tensor: Tensor) -> tuple[InitAction, ...] | None:
    """What fills the tensor, where all elements of it are drawn alike, around 0."""
    if tensor.partial:
        return None
    candidates = (tensor.base or tensor).data.get("candidates")
    if not isinstance(candidates, tuple) or len(candidates) != 1:
        return None
    initializer = candidates[0].initializer
    return candidates if initializer.family in _DRAWN and initializer.mean == 0 else None


def function(name: str, given: Sequence[Value], keywords: dict[str, Value], place: Place) -> Tensor | None:
    """What a function of :data:`METHODS`, or the method of that name on the first argument, gives of a tensor; None
    where that has no norm that is known."""
    tensor, rest = given[0], given[1:]
    if not isinstance(tensor, Tensor):
        return None
    if (found := _norm(tensor)) is not None:
        return _of_norm(found, name, rest, keywords, tensor, place)
    drawn = _drawn(tensor) if name in FUNCTIONS else None
    if drawn is None:
        return None
    options = dict(zip(("p", "dim"), rest)) | keywords
    if name == "square" or (name == "pow" and list(rest) == [2]):
        return _tensor(_Norm(drawn, None, 2), tensor.data.get("shape"), place)
    euclidean = options.get("p", options.get("ord", MISSING)) in _EUCLIDEAN
    if name in _NORMS and euclidean:
        count = _elements(tensor, options.get("dim"))
        return _tensor(_Norm(drawn, count, 1), _UNTOLD, place) if count is not None else None
    if name.endswith("normalize") and euclidean:
        return _divided(tensor, drawn, _elements(tensor, options.get("dim", 1)), 1, place)
    return None


def _of_norm(
    found: _Norm, name: str, rest: Sequence[Value], keywords: dict[str, Value], tensor: Tensor, place: Place
) -> Tensor | None:
    if name in _KEPT:
        return _tensor(found, _UNTOLD, place)
    if found.count is None:
        count = _elements(tensor, rest[0] if rest else keywords.get("dim", keywords.get("axis")))
        summed = name == "sum" and count is not None
        return _tensor(replace(found, count=count), _UNTOLD, place) if summed else None
    exponent = rest[0] if name == "pow" and len(rest) == 1 else _POWERS.get(name)
    if isinstance(exponent, (int, float)) and found.factor == 1:
        return _tensor(replace(found, power=found.power * exponent), _UNTOLD, place)
    return None


def _elements(tensor: Tensor, axes: Value) -> Scalar | None:
    """How many elements each row along these axes has; along all, where None."""
    shape = tensor.data.get("shape")
    if not isinstance(shape, tuple):
        return None
    axes = axes.items if isinstance(axes, ListValue) else axes
    chosen = range(len(shape)) if axes is None else axes if isinstance(axes, tuple) else (axes,)
    count: Scalar = 1
    for axis in chosen:
        size = as_scalar(shape[axis]) if type(axis) is int and -len(shape) <= axis < len(shape) else None
        if size is None:
            return None
        count = dim.multiply(count, size)
    return count


def arithmetic(op: str, left: Value, right: Value, place: Place) -> Tensor | None:
    """``left op right`` where one is a norm of the other, or a number beside a norm; None where it is neither."""
    divisor, dividend = _norm(right), _norm(left)
    if isinstance(left, Tensor) and op == "**" and type(right) in {int, float}:
        return function("pow", (left, right), {}, place)
    if op == "*" and dividend is not None and divisor is None:
        left, right, dividend, divisor = right, left, divisor, dividend
    if divisor is None and dividend is not None:
        factor, small = as_scalar(right), op in {"+", "-"} and isinstance(right, float) and right < _SMALL
        return left if small and isinstance(left, Tensor) else _scaled(dividend, op, factor, place)
    if divisor is None or divisor.count is None or op not in {"*", "/"}:
        return None
    if isinstance(left, Tensor):
        wanted = -1 if op == "*" else 1
        fits = divisor.power == wanted and _drawn(left) is divisor.drawn
        factor = divisor.factor if op == "*" else dim.divide(1, divisor.factor)
        return _divided(left, divisor.drawn, divisor.count, factor, place) if fits else None
    if op == "/":
        divisor = replace(divisor, power=-divisor.power, factor=dim.divide(1, divisor.factor) or 1)
    return _scaled(divisor, "*", as_scalar(left), place)


def _scaled(found: _Norm, op: str, by: Scalar | None, place: Place) -> Tensor | None:
    if by is None or op not in {"*", "/"} or found.count is None:
        return None
    factor = dim.multiply(found.factor, by) if op == "*" else dim.divide(found.factor, by)
    return _tensor(replace(found, factor=factor), _UNTOLD, place) if factor is not None else None


def _divided(
    tensor: Tensor, drawn: tuple[InitAction, ...], count: Scalar | None, norm: Scalar | None, place: Place
) -> Tensor | None:
    """The tensor after each of its rows of ``count`` elements was given a norm."""
    action = divided(drawn[0], count, norm)
    if action is None:
        return None
    result = Tensor(place)
    result.data.update({"shape": tensor.data.get("shape"), "parameter": False})
    result.data.update(candidates=(action,), history=(action,))
    return result


def divided(drawn: InitAction, count: Scalar | None, norm: Scalar | None) -> InitAction | None:
    """What fills a tensor after each of its rows of ``count`` elements was given a norm."""
    root = dim.power(count, -0.5) if count is not None else None
    if root is None or norm is None:
        return None
    spread = dim.multiply(norm, root)
    drawn_so = replace(drawn.initializer, family="normalised", std=spread, scheme="", gain=None)
    return replace(drawn, initializer=drawn_so)


def renormed(tensor: Tensor, given: Sequence[Value]) -> InitAction | None:
    """What ``renorm_(p, dim, maxnorm)`` leaves, where all that it looks at is well beyond ``maxnorm``."""
    drawn, shape = _drawn(tensor), tensor.data.get("shape")
    if drawn is None or len(given) != 3 or given[0] != 2 or not isinstance(shape, tuple):
        return None
    axis, most, spread = given[1], given[2], drawn[0].initializer.std
    if type(axis) is not int or not -len(shape) <= axis < len(shape) or not isinstance(most, (int, float)):
        return None
    others = tuple(each for each in range(len(shape)) if each != axis % len(shape))
    if not isinstance(spread, (int, float)) or spread < _WELL_BEYOND * most:
        return None
    return divided(drawn[0], _elements(tensor, others), most)
