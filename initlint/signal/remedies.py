"""The same model with a remedy: what He's init, norms or scaled residual branches would make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from initlint.ir import dim
from initlint.ir.dim import Scalar
from initlint.ir.initializer import Initializer
from initlint.ir.model import ForwardGraph, Model, Op, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts
from initlint.signal.facts import LayerFact
from initlint.signal.weights import LINEAR


def he(model: Model) -> Model | None:
    """All hidden dense layers drawn with variance 2/fan_in (He et al. 2015); None where there are none."""
    return _refilled(model, _hidden(model), lambda fact: dim.divide(2, fact.fan_in)
                     if not isinstance(fact.fan_in, Unknown) else None)  # fmt: skip


def branches(model: Model) -> Model | None:
    """The last layer of every residual branch divided by the root of their number (Radford et al. 2019); None where
    there are no branches."""
    ends = [fact for fact in _hidden(model) if fact.ends_branch and fact.in_branch]

    def scaled(fact: LayerFact) -> Scalar | None:
        variance = fact.variance
        return None if isinstance(variance, Unknown) else dim.divide(variance, len(ends))

    return _refilled(model, ends, scaled)


def norms(model: Model) -> Model | None:
    """A layer norm behind every hidden dense layer; None where all have one, or there is no such layer."""
    graph = model.graph
    if isinstance(graph, Unknown):
        return None
    bare = {fact.op.id for fact in _hidden(model) if fact.norm_after is False}
    if not bare:
        return None
    ops: list[Op] = []
    renamed: dict[int, int] = {}
    free = max(op.id for op in graph.ops) + 1
    for op in graph.ops:
        ops.append(replace(op, inputs=tuple(renamed.get(number, number) for number in op.inputs)))
        if op.id in bare:
            ops.append(Op(free, "norm", "layer", (op.id,), op.place))
            renamed[op.id] = free
            free += 1
    return replace(model, graph=ForwardGraph(tuple(ops), graph.outputs, graph.repeats))


def _hidden(model: Model) -> list[LayerFact]:
    return [fact for fact in facts(model).layers if fact.op.name in LINEAR and not fact.head]


def _refilled(model: Model, layers: list[LayerFact], variance: Callable[[LayerFact], Scalar | None]) -> Model | None:
    stds: dict[str, Scalar] = {}
    for fact in layers:
        found = variance(fact)
        root = dim.power(found, 0.5) if found is not None else None
        if root is not None:
            stds[fact.weight.name] = root
    if not stds:
        return None
    return replace(model, parameters=tuple(_drawn(each, stds.get(each.name)) for each in model.parameters))


def _drawn(parameter: Parameter, std: Scalar | None) -> Parameter:
    if std is None or not parameter.candidates:
        return parameter
    action = replace(parameter.candidates[0], initializer=Initializer("normal_", "normal", 0, std))
    return replace(parameter, candidates=(action,))
