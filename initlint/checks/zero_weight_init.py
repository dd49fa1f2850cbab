"""IL101: a hidden layer whose weight is zero: it sends nothing forward and nothing back."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import fitting_draw
from initlint.checks._weights import (
    by_choice,
    constant_of,
    leads_out,
    report,
    scales_another,
    zero_carrier,
    zero_hidden,
)
from initlint.checks._wording import names, title
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Op
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

# φ(0) = φ'(0) = 0: no output and no gradient at zero.
DEAD_AT_ZERO = frozenset({"relu", "relu6"})
# φ(0) is not zero, nor is φ'(0): a gate that starts at one value, and learns from there.
OPEN_AT_ZERO = frozenset({"sigmoid", "hardsigmoid", "softplus"})
# φ(0) = 0: no output at zero, so the next weight gets no gradient.
SILENT_AT_ZERO = DEAD_AT_ZERO | {"leaky_relu", "prelu", "gelu", "silu", "mish", "hardswish", "tanh", "elu", "selu"}

WAKES = "the layer starts random, so that signal and gradient pass"


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that zeroes hidden layers, the dead ones apart from those that wake."""
    dead = {layer.op.id: why for layer in facts.layers if _stays_zero(facts, layer) and (why := _dead(facts, layer))}
    for place, layers in by_choice(facts, [layer for layer in facts.layers if layer.op.id in dead]).items():
        message = (
            f"{names([each.name for each in layers])} can never learn: zero weight and zero bias, and "
            f"{dead[layers[0].op.id]}; drop the zero init or use `kaiming_normal_`"
        )
        fix = fitting_draw(facts, place, layers[0], WAKES)
        yield report(facts, place, layers, message, Severity.ERROR, fix=fix)
    left = [layer for layer in facts.layers if zero_carrier(layer) and layer.op.id not in dead]
    asleep = [layer for layer in left if not leads_out(facts, layer) and not scales_another(facts, layer)]
    for place, layers in by_choice(facts, asleep).items():
        message = (
            f"no input and no gradient passes {names([each.name for each in layers])} at the first step, as the weight "
            f"starts at zero and only what is behind it can wake it; drop the zero init"
        )
        fix = fitting_draw(facts, place, layers[0], WAKES)
        yield report(facts, place, layers, message, Severity.WARNING, fix=fix)


def _stays_zero(facts: Facts, layer: LayerFact) -> bool:
    """Such a weight, or a hidden one of a branch that no gradient ever reaches, as ReLU is behind all its uses."""
    if zero_carrier(layer) or not zero_hidden(layer):
        return zero_carrier(layer)
    uses = [each for each in facts.layers if each.weight is layer.weight]
    return layer.weight.name in facts.dead or all(_killed(facts, each) for each in uses)


def _given_zeros(facts: Facts, layer: LayerFact) -> Op | None:
    """The activation that a zero weight gives zeros: behind it, or behind a norm, which takes a constant bias away, and
    moves nothing."""
    bias, activation = layer.bias, layer.activation
    for norm in facts.norms if layer.next == "norm" else ():
        if norm.op is layer.consumer and (bias is None or constant_of(bias) is not None):
            bias, activation = norm.bias, norm.activation
    return activation if bias is None or constant_of(bias) == 0 else None


def _killed(facts: Facts, layer: LayerFact) -> bool:
    activation = _given_zeros(facts, layer)
    return activation is not None and activation.name in DEAD_AT_ZERO


def _dead(facts: Facts, layer: LayerFact) -> str:
    """Why the layer stays zero for good; empty where it wakes."""
    activation = _given_zeros(facts, layer)
    if activation is not None and activation.name in DEAD_AT_ZERO:
        return f"{title(activation)} passes neither signal nor gradient at 0"
    if layer.bias is not None and constant_of(layer.bias) != 0:
        return ""
    if layer.next == "layer" or (layer.activation is not None and layer.activation.name in SILENT_AT_ZERO):
        behind = facts.behind(layer)
        if behind and len(behind) == len(layer.feeds) and all(constant_of(each.weight) == 0 for each in behind):
            return f"{names([each.name for each in behind])} behind it is zero, too"
    return ""


RULE = Rule("IL101", "zero-weight-init", "a hidden layer whose weight is set to zero", check)
