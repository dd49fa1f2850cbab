"""IL207: a self-normalising network whose weights or dropout undo the self-normalisation."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._fixes import CHANGES, KEEPS, new_draw
from initlint.checks._weights import by_line, first_action, report
from initlint.checks._wording import factor, names
from initlint.diagnostics import Applicability, Finding, InitCall, PlacedFix, Severity
from initlint.ir.model import Op
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.rule import Rule
from initlint.signal.activations import canonical, moments
from initlint.signal.facts import Facts, LayerFact

# SELU keeps variance 1 at fan_in · Var(W) = 1 (Klambauer et al. 2017); within these it settles near.
_KEEPS = (0.7, 1.4)
_DEPTH = 2
_DEPTH_AT_DEFAULT = 3


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that sets such weights, and for each line that makes such a dropout."""
    hits: list[LayerFact] = []
    scale: dict[int, tuple[float, int]] = {}
    for stack in facts.stacks:
        inner = [layer for layer in stack.layers if _normalises_itself(layer)]
        chosen = [layer for layer in inner if first_action(layer).initializer.scheme != "default"]
        off = [layer for layer in inner if _off(layer)]
        if len(inner) >= (_DEPTH if chosen else _DEPTH_AT_DEFAULT) and off:
            hits += off
            scale.update({layer.op.id: (_variance(inner), len(inner)) for layer in off})
    for place, layers in by_line(hits).items():
        variance, depth = scale[layers[0].op.id]
        gain = layers[0].gain
        assert isinstance(gain, (int, float))
        message = (
            f"SELU doesn't keep its variance at {names([layer.name for layer in layers])}: fan_in·Var(W) is "
            f"{factor(gain)} where it needs 1, so the variance behind {depth} layers is {factor(variance)}; "
            f'use `kaiming_normal_(…, nonlinearity="linear")`'
        )
        fix = new_draw(facts, place, "kaiming_normal_", ('nonlinearity="linear"',), KEEPS)
        yield report(facts, place, layers, message, Severity.WARNING, fix=fix)
    yield from _dropouts(facts)


def _normalises_itself(layer: LayerFact) -> bool:
    selu = layer.activation is not None and canonical(layer.activation.name) == "selu"
    return selu and layer.norm_after is False and layer.norm_before is False


def _off(layer: LayerFact) -> bool:
    return isinstance(layer.gain, (int, float)) and layer.gain > 0 and not _KEEPS[0] <= layer.gain <= _KEEPS[1]


def _variance(layers: list[LayerFact]) -> float:
    """The second moment of the last pre-activation, for an input of variance 1."""
    second = 1.0
    for number, layer in enumerate(layers):
        gain = layer.gain if isinstance(layer.gain, (int, float)) else 1.0
        second = gain * (moments("selu", second).second if number else 1.0)
    return second


def _dropouts(facts: Facts) -> Iterator[Finding]:
    """Plain dropout behind the SELU of a network that normalises itself: it moves the mean and the variance."""
    graph = facts.model.graph
    selus = {layer.activation.id for layer in facts.layers if layer.activation and _normalises_itself(layer)}
    if isinstance(graph, Unknown) or len(selus) < _DEPTH:
        return
    modules = {module.path: module for module in facts.model.modules}
    lines: dict[Place, list[Op]] = {}
    for op in graph.ops:
        if op.kind == "dropout" and op.name == "" and op.value != 0 and selus & set(op.inputs):
            module = modules.get(op.module or "")
            lines.setdefault(module.place if module is not None and op.module else op.place, []).append(op)
    for place, ops in lines.items():
        found = names([op.module for op in ops if op.module]) or "this dropout"
        message = f"{found} moves mean and variance off SELU's fixed point at every step; use `nn.AlphaDropout`"
        fix = PlacedFix(
            f"use AlphaDropout: mean and variance stay, and {CHANGES}",
            Applicability.UNSAFE,
            (InitCall(place, "torch.nn.AlphaDropout", None),),
        )
        made = fix if ops[0].module else None
        yield Finding(
            place, message, Severity.WARNING, fix=made, class_name=facts.model.name, layer=ops[0].module or ""
        )


RULE = Rule("IL207", "selu-without-lecun", "a SELU network without LeCun's init or alpha dropout", check)
