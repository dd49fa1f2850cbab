"""IL204: weights whose hand-written scale makes the signal far larger than what enters."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._depth import consequence, faults
from initlint.checks._fixes import KEEPS, one_draw
from initlint.checks._scale import hard_coded
from initlint.checks._weights import DENSE, by_line, first_action, line_to_change, report
from initlint.checks._wording import factor, names
from initlint.diagnostics import Finding, Severity
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact, State


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that sets such a scale: one that explodes over the depth, or is far too large alone."""
    told: set[Place] = set()
    for _, fault in faults(facts, "IL204"):
        layers = [layer for layer in fault.stack.hidden if hard_coded(layer)]
        place = line_to_change(layers[0])
        assert fault.reached is not None
        message = f"{consequence(fault.stack, fault.reached)}: {_scale(layers[0])}; {_remedy(layers[0])}"
        told.add(place)
        yield report(facts, place, layers, message, Severity.WARNING, fix=one_draw(facts, place, layers[0], KEEPS))
    for place, layers in by_line(layer for layer in facts.layers if _far_too_large(facts, layer)).items():
        if place in told:
            continue
        first = layers[0]
        found = names([layer.name for layer in layers])
        message = (
            f"what leaves {found} has ×{factor(_grown(facts, first) ** 0.5)} the standard deviation of what enters: "
            f"{_scale(first)}; {_remedy(first)}"
        )
        yield report(facts, place, layers, message, Severity.WARNING, fix=one_draw(facts, place, first, KEEPS))


def _far_too_large(facts: Facts, layer: LayerFact) -> bool:
    """Whether nothing behind the layer takes its scale back: no norm, no scaling, no softmax over what is logits."""
    if layer.op.name not in DENSE or layer.norm_after is not False or not hard_coded(layer):
        return False
    if any(each.layer.op is layer.op for each in facts.logits) or _grown(facts, layer) < facts.thresholds.gain:
        return False
    return layer.next in {"activation", "layer", "output"} or layer.summed or _scores(facts, layer)


def _scores(facts: Facts, layer: LayerFact) -> bool:
    """Whether it is multiplied with others into attention scores, or averaged by them, at 1/√d or no scale at all."""
    graph, product = facts.model.graph, layer.consumer
    if isinstance(graph, Unknown) or product is None or product.kind not in {"matmul", "reduce"}:
        return False
    if product.kind == "reduce":
        return product.name == "attention"
    scale = 1.0
    for op in graph.ops:
        if product.id in op.inputs and op.kind in {"mul", "div"}:
            if not isinstance(op.value, (int, float)) or op.value == 0:
                return False
            scale = abs(op.value if op.kind == "mul" else 1 / op.value)
    return isinstance(layer.fan_out, (int, float)) and scale >= 1 / math.sqrt(layer.fan_out) * 0.99


def _grown(facts: Facts, layer: LayerFact) -> float:
    """The gain, or the second moment behind the layer where that is less: what enters may be small on purpose, or,
    where it is not known, have been scaled; but not by a layer that the same call draws, of any number of inputs."""
    gain = float(layer.gain) if isinstance(layer.gain, (int, float)) else 0.0
    if isinstance(layer.after, State):
        return min(gain, layer.after.second)
    place = line_to_change(layer)
    before = [each for each in facts.layers if layer.op.id in each.feeds]
    alike = all(line_to_change(each) == place and _at_least_one(each) for each in before)
    return gain if before and alike else 0.0


def _at_least_one(layer: LayerFact) -> bool:
    """Whether its gain is, whatever positive numbers the symbols in it stand for."""
    gain = layer.gain
    grows = isinstance(gain, Dim) and gain.coefficient >= 1 and all(power > 0 for _, power in gain.powers)
    return grows and layer.op.name in DENSE


def _scale(layer: LayerFact) -> str:
    init = first_action(layer).initializer
    std = f" of std {float(init.std):.2g}" if isinstance(init.std, (int, float)) else ""
    gain = f" ({float(layer.gain):.3g}, not 1 or 2)" if isinstance(layer.gain, (int, float)) else ""
    return f"`{init.call}`{std} on {layer.fan_in} inputs is a gain of fan_in · Var(W) far above 1{gain}"


def _remedy(layer: LayerFact) -> str:
    return "scale it by the fan, as `kaiming_normal_` before ReLU and `xavier_normal_` elsewhere do"


RULE = Rule("IL204", "weight-scale-too-large", "a hand-written weight scale that is far too large for the fan", check)
