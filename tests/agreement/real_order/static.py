"""The static side's answers to the same questions, from the facts that rules read."""

from __future__ import annotations

from collections import Counter

from initlint.interpret.items import ROWS
from initlint.ir.model import Model
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact
from tests.agreement.real_order.questions import VARIES, Answers, pattern


def static_answers(model: Model) -> list[tuple[str, Answers]]:
    """For each call of a weight layer in the forward graph, in order, its name and the answers."""
    graph = model.graph
    if isinstance(graph, Unknown):
        return []
    flow = Dataflow(graph)
    layers = [layer for layer in facts(model).layers if flow.lives(layer.op)]
    repeats: dict[str, int | str | None] = dict(Counter(pattern(_name(layer)) for layer in layers))
    loops = dict(graph.repeats)
    for layer in layers:
        name, loop = pattern(_name(layer)), loops.get(layer.op.id)
        if loop == ROWS and repeats[name] is not None:
            repeats[name] = VARIES
        elif loop is not None or flow.is_conditional(layer.op):
            repeats[name] = None
    names = {layer.op.id: _name(layer) for layer in layers}
    result = []
    for layer in layers:
        op = layer.op
        kind = layer.next
        if layer.activation is not None:
            kind = f"activation:{layer.activation.name}"
        fed = flow.sure_feeds(op)
        answers = Answers(
            next=None if kind == "unknown" else kind,
            before=flow.normalised_before(op),
            after=flow.normalised_after(op),
            ends=flow.ends_residual_branch(op),
            feeds=None if fed is None else frozenset(names.get(each, "?") for each in fed),
            repeats=repeats[pattern(_name(layer))],
        )
        result.append((_name(layer), answers))
    return result


def looped(model: Model) -> frozenset[str]:
    """The weights with a call in a loop of unknown length, of which the graph holds the first and the last pass."""
    graph = model.graph
    if isinstance(graph, Unknown):
        return frozenset()
    numbers = {number for number, _ in graph.repeats}
    return frozenset(_name(layer) for layer in facts(model).layers if layer.op.id in numbers)


def _name(layer: LayerFact) -> str:
    return layer.weight.of or layer.weight.name
