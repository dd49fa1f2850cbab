"""Runs of layers whose explicit init does not fit their activation; shared by the rules on scale and on depth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from initlint.checks._weights import DENSE, deliberate, first_action, is_fallback
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.model import Op
from initlint.signal.activations import canonical, moments
from initlint.signal.facts import Facts, LayerFact, Stack
from initlint.signal.weights import product, scheme

# Activations that lose signal at gain 1 (He et al. 2015), with the default negative slope of those that have one.
_RECTIFIERS = {
    "relu": None, "relu6": None, "gelu": None, "silu": None, "mish": None, "hardswish": None, "leaky_relu": 0.01,
    "prelu": 0.25,
}  # fmt: skip
_LEAKY_LIMIT = 0.5
_NOTHING_LOST = 0.9
_SQUASHING = frozenset({"tanh", "softsign", "hardtanh"})
_RELU_GAIN = (1.3, 1.45)
_TANH_GAIN = 5 / 3
# A gain this far from what the activation needs is another activation's: √2 before GELU and SiLU (0.92, 0.84) is not.
_MISFIT = (0.8, 1.12)
_VISIBLE_LOSS = 0.5
_RECOVERED = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Run:
    """Layers that follow each other, all with the same misfit; ``factors`` multiply the signal's variance at each
    (None where the sizes are symbols that do not cancel); ``stack`` holds them, where one does."""

    layers: tuple[LayerFact, ...]
    factors: tuple[float | None, ...]
    stack: Stack | None
    least: int = 2

    @property
    def total(self) -> float | None:
        """The product of the factors, where all are known."""
        known = [value for value in self.factors if value is not None]
        return math.prod(known) if len(known) == len(self.factors) else None

    @property
    def compounds(self) -> bool:
        """Whether at least two layers lose signal one after the other, to at most half its variance as far as known; of
        a gain that was chosen for another activation, at least three, which may also double it."""
        total = self.total
        if self.least > len(self.layers):
            return False
        return total is None or total <= _VISIBLE_LOSS or (self.least > 2 and total >= 1 / _VISIBLE_LOSS)


def second_moment(activation: Op) -> float | None:
    """E φ(z)² for z ~ N(0, 1) of a rectifier-like activation; None for others and for slopes near 1 or not known."""
    name = canonical(activation.name)
    if name not in _RECTIFIERS:
        return None
    slope = _RECTIFIERS[name]
    if slope is not None and activation.value is not None:
        if not isinstance(activation.value, (int, float)) or abs(activation.value) >= _LEAKY_LIMIT:
            return None
        slope = float(activation.value)
    return moments(name, 1.0, slope).second


def xavier_runs(facts: Facts) -> list[Run]:
    """Runs of Xavier, LeCun or orthogonal layers with gain 1 that lose signal before a rectifier, and nothing makes up
    for it. Orthogonal ones are common in nets of two hidden layers, which train: they compound from three on."""
    runs = [run for run in _runs(facts, _loses) if not _recovered(run)]
    return [replace(run, least=3) if all(map(_orthogonal, run.layers)) else run for run in runs]


def he_runs(facts: Facts) -> list[Run]:
    """Runs of Kaiming layers with ReLU's gain that feed tanh, softsign or hardtanh."""
    return list(_runs(facts, _he_before_squashing))


def misfit_runs(facts: Facts) -> list[Run]:
    """Runs of layers whose gain is said to be for another activation than the one that they feed."""
    return [replace(run, least=3) for run in _runs(facts, lambda layer: bool(misfit(layer)))]


def misfit(layer: LayerFact) -> str:
    """The activation that the init's gain is meant for, where the layer feeds another that needs another; else empty.
    Of Kaiming it is what the source says; 5/3 given to Xavier is tanh's."""
    if not _open(layer) or layer.activation is None:
        return ""
    found = {_meant_for(layer, action.initializer) for action in layer.weight.candidates if not is_fallback(action)}
    return found.pop() if len(found) == 1 and _all_explicit(layer, lambda init: True) else ""


def _meant_for(layer: LayerFact, init: Initializer) -> str:
    assert layer.activation is not None
    if not isinstance(init.gain, (int, float)) or init.gain <= 0:
        return ""
    moment = second_moment(layer.activation)
    if moment is None:
        squashed = canonical(layer.activation.name) in _SQUASHING
        wrong = squashed and init.gain < _MISFIT[0]
    else:
        wrong = not _MISFIT[0] <= init.gain * math.sqrt(moment) <= _MISFIT[1]
    if not wrong:
        return ""
    if init.scheme == "kaiming" and (init.nonlinearity or "leaky_relu") == "leaky_relu":
        slope = init.slope if isinstance(init.slope, (int, float)) else 0
        return f"a slope of {slope:.3g}" if slope else ""
    if init.scheme == "kaiming":
        return init.nonlinearity or ""
    return "tanh" if init.scheme == "xavier" and abs(init.gain - _TANH_GAIN) < 1e-3 else ""


def hard_coded(layer: LayerFact) -> bool:
    """Whether the source writes the weight's scale as a number, whatever the layer's size: no scheme, around zero."""
    actions = [action for action in layer.weight.candidates if not is_fallback(action)]
    return (
        bool(actions)
        and deliberate(layer)
        and layer.weight.trainable
        and all(
            action.initializer.family in {"normal", "truncated_normal", "uniform"}
            and action.initializer.mean == 0
            and isinstance(action.initializer.std, (int, float))
            and not scheme_of(layer, action.initializer)
            for action in actions
        )
    )


def end_to_end(stack: Stack) -> float | None:
    """The across-input standard deviation at the last hidden pre-activation, where all numbers up to it are known."""
    values = stack.across[: len(stack.hidden)]
    if not values or any(not isinstance(value, (int, float)) or math.isnan(value) for value in values):
        return None
    return float(values[-1])  # type: ignore[arg-type]


def leaves_limits(facts: Facts, stack: Stack, value: float) -> bool:
    """Whether a factor lies outside the limits, by more than twice its tolerance in decades where it is an estimate."""
    low = facts.thresholds.signal / 10 ** (2 * stack.tolerance)
    return value < low or value > 1 / low


def in_series(facts: Facts, runs: list[Run]) -> dict[int, int]:
    """For each layer of the runs, how many of these layers the way through it comes through, where it comes through
    most, with no norm between."""
    mine = {layer.op.id for run in runs for layer in run.layers}
    before, behind = dict.fromkeys(mine, 0), dict.fromkeys(mine, 0)
    for layer in facts.layers:
        here = before.get(layer.op.id, 0) + (layer.op.id in mine)
        for each in layer.feeds if layer.norm_after is False else ():
            before[each] = max(before.get(each, 0), here)
    for layer in reversed(facts.layers):
        ways = [behind.get(each, 0) + (each in mine) for each in layer.feeds if layer.norm_after is False]
        behind[layer.op.id] = max(ways, default=0)
    return {number: before[number] + 1 + behind[number] for number in mine}


def _open(layer: LayerFact) -> bool:
    """A hidden dense layer straight before an activation, where nothing rescales the signal."""
    return (
        layer.op.name in DENSE
        and not layer.head
        and layer.next == "activation"
        and layer.norm_after is False
        and layer.norm_before is False
        and layer.in_branch is False
    )


def _runs(facts: Facts, fits: Callable[[LayerFact], bool]) -> Iterator[Run]:
    stacked = {each.op.id for stack in facts.stacks for each in stack.layers}
    alone = [((layer,), None) for layer in facts.layers if layer.op.id not in stacked]
    for layers, stack in [*((stack.layers, stack) for stack in facts.stacks), *alone]:
        for hit, members in groupby(layers, fits):
            if hit:
                run = tuple(members)
                yield Run(run, tuple(map(_factor, run)), stack)


def _factor(layer: LayerFact) -> float | None:
    moment = second_moment(layer.activation) if layer.activation else None
    gain = layer.gain
    if len(layer.weight.candidates) > 1:
        std = first_action(layer).initializer.std
        gain = product(layer.fan_in, std, std)
    return gain * moment if moment is not None and isinstance(gain, (int, float)) else None


def _symbolic(layer: LayerFact) -> bool:
    return any(isinstance(size, Dim) for size in (layer.fan_in, layer.fan_out, layer.gain))


def _loses(layer: LayerFact) -> bool:
    if not _open(layer) or layer.activation is None or second_moment(layer.activation) is None:
        return False
    if not _all_explicit(
        layer,
        lambda init: (
            (scheme_of(layer, init) in {"xavier", "lecun"} or init.family == "orthogonal") and _close_to_one(init.gain)
        ),
    ):
        return False
    # in/(in + out) is below 1 whatever the sizes, so symbols that do not cancel leave the direction certain.
    factor = _factor(layer)
    return factor < _NOTHING_LOST if factor is not None else _symbolic(layer)


def _orthogonal(layer: LayerFact) -> bool:
    return first_action(layer).initializer.family == "orthogonal"


def _he_before_squashing(layer: LayerFact) -> bool:
    if not _open(layer) or layer.activation is None or canonical(layer.activation.name) not in _SQUASHING:
        return False
    return kaiming_for_relu(layer)


def kaiming_for_relu(layer: LayerFact) -> bool:
    """Whether the source fills the weight with Kaiming's init and ReLU's gain √2, or nearly so."""
    return _all_explicit(layer, lambda init: _has_relu_gain(layer, init))


def scheme_of(layer: LayerFact, init: Initializer) -> str:
    """The scheme of one of the layer's initialisers, also of a formula written out."""
    return scheme(init, layer.weight, layer.fan_in)


def _has_relu_gain(layer: LayerFact, init: Initializer) -> bool:
    if not init.scheme:
        return scheme_of(layer, init) == "kaiming"
    low, high = _RELU_GAIN
    return init.scheme == "kaiming" and isinstance(init.gain, (int, float)) and low <= init.gain <= high


def _all_explicit(layer: LayerFact, fits: Callable[[Initializer], bool]) -> bool:
    # A run from a checkpoint, or one that skips the init, says nothing of the run in which the call is made.
    actions = [action for action in layer.weight.candidates if not is_fallback(action)]
    return bool(actions) and all(action.explicit and fits(action.initializer) for action in actions)


def _close_to_one(gain: object) -> bool:
    return gain is None or (isinstance(gain, (int, float)) and abs(gain - 1) <= 0.1)


def _recovered(run: Run) -> bool:
    if run.stack is None:
        return False
    mine = {layer.op.id for layer in run.layers}
    others = [layer.gain for layer in run.stack.hidden if layer.op.id not in mine]
    reached = end_to_end(run.stack)
    amplified = any(isinstance(gain, (int, float)) and gain > 2 * _RELU_GAIN[0] for gain in others)
    return amplified and reached is not None and _RECOVERED[0] <= reached <= _RECOVERED[1]
