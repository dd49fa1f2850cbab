"""Questions about weight layers that several rules ask, and the one way they report a group of layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.dim import Scalar
from initlint.ir.initializer import InitAction
from initlint.ir.model import ForwardGraph, Parameter
from initlint.ir.place import Place
from initlint.signal.facts import Facts, LayerFact

# Layers that multiply their input by the weight and sum: the ones whose gain is fan_in · Var(W).
DENSE = frozenset({"linear", "conv", "conv_transpose", "bilinear", "matmul"})
_RELATED_LAYERS = 3


def constant_of(parameter: Parameter) -> Scalar | None:
    """The one value that all elements have, whichever candidate wins; None where there is none or it isn't known."""
    values = {action.initializer.constant for action in parameter.candidates}
    return values.pop() if len(values) == 1 else None


def deliberate(layer: LayerFact) -> bool:
    """Whether the source sets the weight: a call that writes it, or a tensor made for a matrix product."""
    made_for_product = layer.op.name in {"matmul", "linear"}
    return all(
        action.explicit or (made_for_product and action.initializer.scheme != "default")
        for action in layer.weight.candidates
    )


def zero_hidden(layer: LayerFact) -> bool:
    """A zero weight that the source sets, of a layer that ends neither the model nor a branch."""
    return (
        layer.op.name in DENSE
        and layer.weight.trainable
        and not layer.weight.buffer
        and constant_of(layer.weight) == 0
        and deliberate(layer)
        and bool(layer.feeds)
        and not layer.head
        and not layer.ends_branch
        and not layer.detached
    )


def zero_carrier(layer: LayerFact) -> bool:
    """Such a weight that everything behind it depends on."""
    alone = layer.only_way or (layer.sole_carrier is True and layer.in_branch is False)
    return zero_hidden(layer) and alone


def leads_out(facts: Facts, layer: LayerFact) -> bool:
    """Whether what it feeds are heads, with nothing but linear steps between: they are one head, which may be zero."""
    behind = facts.behind(layer)
    return layer.next == "layer" and len(behind) == len(layer.feeds) and all(each.head for each in behind)


def scales_another(facts: Facts, layer: LayerFact) -> bool:
    """Whether another signal is multiplied with what comes of the layer: weights that a network makes, or gates."""
    graph = facts.model.graph
    reached, signals = {layer.op.id}, set[int]()
    for op in graph.ops if isinstance(graph, ForwardGraph) else ():
        if op.kind == "input" or not signals.isdisjoint(op.inputs):
            signals.add(op.id)
        if reached.isdisjoint(op.inputs):
            continue
        reached.add(op.id)
        if op.kind in {"mul", "matmul"} and any(each in signals and each not in reached for each in op.inputs):
            return True
    return False


def first_action(layer: LayerFact) -> InitAction:
    """The write to name where several may win: one that the source makes, before torch's default or a checkpoint."""
    candidates = layer.weight.candidates
    return next((action for action in candidates if action.explicit and not is_fallback(action)), candidates[0])


def is_fallback(action: InitAction) -> bool:
    """Whether the value is torch's own default, or comes from a checkpoint or from another layer, at which it is
    judged: what a conditional init leaves otherwise."""
    return action.initializer.scheme == "default" or action.initializer.family == "loaded" or action.copied


def line_to_change(layer: LayerFact) -> Place:
    """The call that sets the weight; the layer's construction where that is torch's default."""
    action = first_action(layer)
    return layer.made if action.initializer.scheme == "default" else action.place


def by_line(layers: Iterable[LayerFact]) -> dict[Place, list[LayerFact]]:
    """The layers grouped by the line to change, each weight once."""
    groups: dict[Place, dict[str, LayerFact]] = {}
    for layer in layers:
        groups.setdefault(line_to_change(layer), {}).setdefault(layer.weight.name, layer)
    return {place: list(group.values()) for place, group in groups.items()}


def by_choice(facts: Facts, layers: Iterable[LayerFact]) -> dict[Place, list[LayerFact]]:
    """:func:`by_line`; but where that line is a helper's, which other layers are right to call, by the calls of it."""
    found: dict[Place, list[LayerFact]] = {}
    for place, group in by_line(layers).items():
        names = {layer.weight.name for layer in group}
        others = [each for each in facts.layers if each.weight.name not in names and line_to_change(each) == place]
        asked = {asked_at(facts, first_action(layer)) for layer in others}
        apart = asked and asked.isdisjoint(asked_at(facts, first_action(layer)) for layer in group)
        for layer in group:
            found.setdefault(asked_at(facts, first_action(layer)) if apart else place, []).append(layer)
    return found


def asked_at(facts: Facts, action: InitAction) -> Place:
    """The call that asked a helper for the write; the write itself where a module's own constructor makes it."""
    built = {module.place for module in facts.model.modules}
    return action.outer[-1] if action.outer and action.outer[-1] not in built else action.place


def related_places(place: Place, pairs: Iterable[tuple[Place, str]]) -> tuple[tuple[Place, str], ...]:
    """The pairs without repeated places and without the finding's own."""
    found: dict[Place, str] = {}
    for other, label in pairs:
        if other != place:
            found.setdefault(other, label)
    return tuple(found.items())


def callers(facts: Facts, action: InitAction) -> list[tuple[Place, str]]:
    """The calls that led to the write, but for the one that builds the model."""
    return [(outer, "reached from here") for outer in action.outer if outer != facts.model.site]


def filled_at(facts: Facts, place: Place) -> list[Parameter]:
    """The parameters that the call at this place fills, whether or not something else has the last word."""
    return [each for each in facts.model.parameters if any(action.place == place for action in each.history)]


def owner(facts: Facts, path: str) -> str:
    """The project's class of the module at that path, or around it: the one to change."""
    types = {each.path: each.type.rpartition(".")[2] for each in facts.model.modules if each.kind == "user"}
    while path and path not in types:
        path = path.rpartition(".")[0]
    return types.get(path, facts.model.name)


def report(
    facts: Facts,
    place: Place,
    layers: Sequence[LayerFact],
    message: str,
    severity: Severity,
    also: Iterable[tuple[Place, str]] = (),
    fix: PlacedFix | None = None,
) -> Finding:
    """A finding at ``place`` about ``layers``: the calls that led there, and where the layers are made, are related."""
    first = layers[0]
    actions = first.weight.candidates
    reached = [pair for action in actions if action.place == place for pair in callers(facts, action)]
    others = [(action.place, "or written here") for action in actions if place == line_to_change(first)]
    made = [
        (layer.made, f"`{layer.name}` is made here")
        for layer in layers[:_RELATED_LAYERS]
        if first_action(layer).explicit
    ]
    return Finding(
        place=place,
        message=message,
        severity=severity,
        related=related_places(place, [*reached, *others, *made, *also]),
        fix=fix,
        class_name=facts.model.name,
        layer=first.name,
    )
