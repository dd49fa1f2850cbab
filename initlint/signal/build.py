"""From a model to the facts that rules read."""

from __future__ import annotations

from initlint.ir.model import ForwardGraph, Model, Module, Op
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import Facts, LayerFact, State
from initlint.signal.propagate import signals
from initlint.signal.signal import Flow, Signal
from initlint.signal.stacks import stacks
from initlint.signal.transfer import Transfer
from initlint.signal.weights import fans, product, variance


def facts(model: Model) -> Facts:
    """The facts of one model; without a forward graph there are no layers and no stacks."""
    graph = model.graph
    if isinstance(graph, Unknown):
        return Facts(model, (), ())
    flow = Dataflow(graph)
    transfer = Transfer(model, flow.by_id)
    layers = _layers(model, graph, flow, transfer)
    return Facts(model, layers, stacks(graph, flow, transfer, layers))


def _layers(model: Model, graph: ForwardGraph, flow: Dataflow, transfer: Transfer) -> tuple[LayerFact, ...]:
    modules = {module.path: module for module in model.modules}
    behind = signals(graph, transfer)
    return tuple(
        fact
        for op in graph.ops
        if op.kind == "layer" and (fact := _layer(op, flow, transfer, modules, behind)) is not None
    )


def _layer(
    op: Op, flow: Dataflow, transfer: Transfer, modules: dict[str, Module], behind: dict[int, Flow]
) -> LayerFact | None:
    weight = transfer.parameter(op.weight)
    if weight is None:
        return None
    module = modules.get(op.module if op.module is not None else weight.layer)
    owned = module is not None and module.path != "" and weight.name.startswith(f"{module.path}.")
    fan_in, fan_out = fans(op, weight)
    spread = variance(weight)
    kind, activation = flow.following(op)
    entering = transfer.carriers(op)
    return LayerFact(
        op=op,
        name=module.path if module is not None and owned and module.kind != "user" else weight.name,
        made=module.place if module is not None and owned and module.kind != "user" else weight.place,
        weight=weight,
        bias=transfer.parameter(op.bias),
        fan_in=fan_in,
        fan_out=fan_out,
        next=kind,
        activation=activation,
        norm_after=flow.norm_after(op),
        norm_before=flow.norm_before(op),
        in_branch=flow.in_branch(op),
        ends_branch=flow.ends_branch(op),
        head=flow.head(op),
        feeds=flow.feeds(op),
        sole_carrier=flow.sole_carrier(op),
        variance=spread,
        gain=product(fan_in, spread),
        before=_state(behind.get(entering[0])) if entering else Unknown("the layer has no input"),
        after=_state(behind.get(op.id)),
        set_apart=flow.set_apart(op),
    )


def _state(flow: Flow | None) -> State | Unknown:
    if flow is None:
        return Unknown("an op that is not in the graph")
    return flow.state if isinstance(flow, Signal) else flow
