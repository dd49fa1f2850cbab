"""Calls of initialisers that run, and that draw something else than the arguments were meant to say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from initlint.catalog.gain import GAINS
from initlint.catalog.initializers import InitSpec
from initlint.catalog.signature import bind
from initlint.ir.dim import format_number

# A mean or bound below this was meant for the other argument; weights of norms are drawn around 1.
_SMALL = 0.5
_MISPLACED_GAINS = tuple(gain for gain in GAINS.values() if gain > 1)
_NORMALS = frozenset({"normal", "truncated_normal"})


def doubt(spec: InitSpec, positional: Sequence[object], keywords: Mapping[str, object]) -> str:
    """What the call does that can't be meant, in words; empty where nothing speaks against it. Arguments are without
    the tensor, as for :meth:`InitSpec.resolve`."""
    given = {name: value for name, value in keywords.items() if name != "tensor"}
    bound = bind(spec.signature, positional, given)
    if isinstance(bound, str):
        return ""
    names = dict(spec.renamed)
    numbers = {
        names.get(name, name): value
        for name, value in bound.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    chosen = {names.get(parameter.name, parameter.name) for parameter, _ in zip(spec.signature, positional)}
    chosen |= {names.get(name, name) for name in given}
    if spec.scheme in _NORMALS and {"mean", "std"} <= numbers.keys():
        return _of_normal(spec.call, numbers["mean"], numbers["std"], chosen)
    if spec.scheme == "uniform" and {"a", "b"} <= numbers.keys() and "b" not in chosen:
        return _of_lone_bound(spec.call, numbers["a"], numbers["b"])
    if spec.scheme.startswith("kaiming") and bound.get("nonlinearity") == "leaky_relu" and _is_gain(numbers.get("a")):
        gain = math.sqrt(2 / (1 + numbers["a"] ** 2))
        return (
            f"`a` is the slope of a leaky ReLU, not the gain: a={numbers['a']:.4g} makes the gain {gain:.2g} in place "
            f"of √2; leave `a` out, or pass `nonlinearity`"
        )
    return ""


def _of_normal(call: str, mean: float, std: float, chosen: set[str]) -> str:
    if "std" not in chosen and std == 1 and 0 < abs(mean) < _SMALL:
        number = format_number(mean)
        return f"a lone number is the mean, so this draws around {number} with std 1; write `{call}(…, std={number})`"
    if mean < 0 and std == -mean:
        low, high = format_number(mean), format_number(std)
        return f"these are mean and std, not bounds, so this draws around {low}; use `uniform_(…, {low}, {high})`"
    if mean == 0 and _is_gain(std):
        return f"a gain ({std:.4g}) is no std, which must fall with the fan in; use `xavier_normal_(…, gain=…)`"
    return ""


def _of_lone_bound(call: str, low: float, high: float) -> str:
    if high != 1 or not (-1 < low < 0 or 0 < low < _SMALL):
        return ""
    number = format_number(abs(low))
    what = f"a lone number is the lower bound, so this draws from {format_number(low)} to 1"
    return f"{what}; write `{call}(…, -{number}, {number})`"


def _is_gain(value: float | None) -> bool:
    return value is not None and any(math.isclose(value, gain, rel_tol=1e-6) for gain in _MISPLACED_GAINS)
