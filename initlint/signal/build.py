"""From a model to the facts that rules read."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.model import ForwardGraph, Model, Module, Op, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.dead import dead_parameters
from initlint.signal.facts import Facts, LayerFact, NormFact, State
from initlint.signal.logits import logits
from initlint.signal.meanfield.run import Prediction, predict
from initlint.signal.meanfield.value import Flow
from initlint.signal.spans import spans
from initlint.signal.stacks import stacks
from initlint.signal.streams import streams
from initlint.signal.sublayers import sublayers
from initlint.signal.thresholds import DEFAULT, Thresholds
from initlint.signal.ways import on_every_way
from initlint.signal.weights import fans, product, variance

# What a gate on a residual branch may start at, so that the branch hardly counts.
_CLOSED = 0.1


def facts(model: Model, thresholds: Thresholds = DEFAULT, prediction: Prediction | None = None) -> Facts:
    """The facts of one model, from a prediction where there is one already; without a forward graph there are no layers
    and nothing that rests on them."""
    graph = model.graph
    if isinstance(graph, Unknown):
        return Facts(model, (), (), thresholds=thresholds)
    flow = Dataflow(graph)
    prediction = prediction or predict(model)
    layers = _layers(model, graph, flow, prediction)
    return Facts(
        model=model,
        layers=layers,
        stacks=stacks(flow, prediction, layers),
        streams=streams(flow, prediction, layers),
        logits=logits(model, flow, prediction, layers),
        dead=dead_parameters(model),
        thresholds=thresholds,
        norms=_norms(model, graph, flow),
        sublayers=sublayers(flow, layers),
        spans=spans(flow, prediction, layers),
        gates=frozenset(_gates(model, graph, flow)),
    )


def _gates(model: Model, graph: ForwardGraph, flow: Dataflow) -> Iterator[str]:
    closed = {each.name for each in model.parameters if each.history and _is_small(each.history[0].initializer)}
    for op in graph.ops:
        factors = [flow.by_id[each] for each in op.inputs if each in flow.by_id]
        if op.kind != "mul" or len(factors) != 2 or len(flow.carriers(op)) != 1:
            continue
        sources = [each if each.kind == "parameter" else _of_value(each, flow) for each in factors]
        names = [each.weight for each in sources if each is not None and each.weight in closed]
        if names and flow.lives(op) and flow.ends_residual_branch(op):
            yield from names


def _is_small(init: Initializer) -> bool:
    return isinstance(init.constant, (int, float)) and abs(init.constant) <= _CLOSED


def _of_value(op: Op, flow: Dataflow) -> Op | None:
    """The parameter that an activation is taken of, as of ``tanh(alpha)``."""
    inner = flow.by_id.get(op.inputs[0]) if op.kind == "activation" and len(op.inputs) == 1 else None
    return inner if inner is not None and inner.kind == "parameter" else None


def _norms(model: Model, graph: ForwardGraph, flow: Dataflow) -> tuple[NormFact, ...]:
    modules = {module.path: module for module in model.modules}
    parameters = {parameter.name: parameter for parameter in model.parameters}
    found = []
    for op in graph.ops:
        weight = parameters.get(op.weight) if op.kind == "norm" and op.weight is not None else None
        if weight is not None and flow.lives(op):
            module = modules.get(op.module or weight.layer)
            bias = parameters.get(op.bias) if op.bias is not None else None
            made = module.place if module is not None and module.path else weight.place
            kind, consumer = flow.following(op)
            activation = consumer if kind == "activation" else None
            name = weight.layer or weight.name
            beside = _beside_identity(flow, op)
            found.append(NormFact(op, name, made, weight, bias, kind, activation, flow.ends_branch(op), beside))
        elif op.kind == "norm" and op.weight is None:
            found += _scaled_by_hand(op, parameters, flow)
    return tuple(found)


def _beside_identity(flow: Dataflow, norm: Op) -> bool:
    """Whether the norm is added to what its own branch starts from."""
    adds = [op for op in flow.readers(norm) if op.kind == "add" and len(flow.carriers(op)) == 2]
    forks = [(op, found[0]) for op in adds if (found := flow.fork(op)) is not None]
    return any(flow.ops[each].id == start.id for op, start in forks for each in flow.carriers(op))


def _scaled_by_hand(norm: Op, parameters: dict[str, Parameter], flow: Dataflow) -> Iterator[NormFact]:
    """``weight * normalised`` in front of weight layers, as classes write it that are norms themselves. (Where it is
    summed, the weight may be a layer's single unit.)"""
    for scaled in flow.readers(norm):
        if scaled.kind != "mul":
            continue
        scales = [flow.by_id[each] for each in scaled.inputs if each in flow.by_id and each != norm.id]
        weight = parameters.get(scales[0].weight or "") if len(scales) == 1 and scales[0].kind == "parameter" else None
        if weight is not None and flow.following(scaled)[0] == "layer":
            ends = flow.ends_branch(scaled)
            yield NormFact(scaled, weight.layer or weight.name, weight.place, weight, None, "layer", None, ends)


def _layers(model: Model, graph: ForwardGraph, flow: Dataflow, prediction: Prediction) -> tuple[LayerFact, ...]:
    modules = {module.path: module for module in model.modules}
    parameters = {parameter.name: parameter for parameter in (*model.parameters, *model.computed)}
    only = on_every_way(flow)
    return tuple(
        _layer(op, weight, flow, prediction, modules, parameters, op.id in only)
        for op in graph.ops
        if op.kind == "layer" and op.weight is not None and (weight := parameters.get(op.weight)) is not None
    )


def _layer(
    op: Op,
    weight: Parameter,
    flow: Dataflow,
    prediction: Prediction,
    modules: dict[str, Module],
    parameters: dict[str, Parameter],
    only_way: bool,
) -> LayerFact:
    module = modules.get(op.module if op.module is not None else weight.layer)
    owned = module is not None and module.path != "" and weight.name.startswith(f"{module.path}.")
    fan_in, fan_out = fans(op, weight)
    spread = variance(weight)
    kind, consumer = flow.following(op)
    entering = flow.entering(op)
    return LayerFact(
        op=op,
        name=module.path if module is not None and owned and module.kind != "user" else weight.of or weight.name,
        made=module.place if module is not None and owned and module.kind != "user" else weight.place,
        weight=weight,
        bias=parameters.get(op.bias) if op.bias is not None else None,
        fan_in=fan_in,
        fan_out=fan_out,
        next=kind,
        activation=consumer if kind == "activation" else None,
        norm_after=flow.norm_after(op),
        norm_before=flow.norm_before(op),
        in_branch=flow.in_branch(op),
        ends_branch=flow.ends_branch(op),
        head=flow.head(op),
        feeds=flow.feeds(op),
        sole_carrier=flow.sole_carrier(op),
        variance=spread,
        gain=product(fan_in, spread),
        before=_state(prediction.values[entering]) if entering is not None else Unknown("the layer has no input"),
        after=_state(prediction.values[op.id]),
        set_apart=flow.set_apart(op),
        detached=_detached(flow, op),
        consumer=consumer,
        only_way=only_way,
        summed=_summed(flow, op),
    )


def _summed(flow: Dataflow, layer: Op) -> bool:
    """Whether an activation takes the sum of the layer's output, those of other layers and biases, and nothing else."""
    op, summed = layer, False
    while True:
        readers = flow.readers(op)
        if len(readers) != 1 or readers[0].kind not in {"activation", "add"}:
            return False
        if readers[0].kind == "activation":
            return summed
        addends = [flow.ops[each] for each in flow.carriers(readers[0])]
        if not all(each is op or each.kind == "layer" for each in addends):
            return False
        op, summed = readers[0], summed or len(addends) > 1


def _detached(flow: Dataflow, op: Op) -> bool:
    """Whether each way to what a layer feeds passes a ``detach()``, so that a loss of its own is what trains it."""
    waiting, seen, cut = [op], {op.id}, False
    while waiting:
        for reader in flow.readers(waiting.pop()):
            if reader.kind in {"layer", "output", "opaque"}:
                return False
            if reader.kind == "reshape" and reader.name == "detach":
                cut = True
            elif reader.id not in seen:
                seen.add(reader.id)
                waiting.append(reader)
    return cut


def _state(value: Flow) -> State | Unknown:
    if isinstance(value, Unknown):
        return value
    if isinstance(value.second, Dim):
        return Unknown(f"the scale {value.second} depends on sizes that are not known")
    return State(float(value.second), float(value.second) * value.across, value.tolerance)
