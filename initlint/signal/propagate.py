"""The state of every value of a forward graph."""

from __future__ import annotations

from initlint.ir.model import ForwardGraph
from initlint.ir.unknown import Unknown
from initlint.signal.signal import Flow, Signal, estimated
from initlint.signal.transfer import Transfer


def signals(graph: ForwardGraph, transfer: Transfer) -> dict[int, Flow]:
    """The signal behind each op, by op id.

    An Unknown goes on to everything behind it up to the next norm, which makes a signal of known scale again. Of a loop
    of unknown length only the norms inside it are known to those behind it.
    """
    repeated = dict(graph.repeats)
    found: dict[int, Flow] = {}
    kinds: dict[int, str] = {}
    for op in graph.ops:
        kinds[op.id] = op.kind
        visible: dict[int, Flow] = {}
        for number in op.inputs:
            flow = found.get(number, Unknown("an input that is not in the graph"))
            if number in repeated and op.id not in repeated and kinds.get(number) != "norm":
                flow = Unknown(f"the loop over {repeated[number]} runs an unknown number of times", op.place)
            visible[number] = flow
        result = transfer.apply(op, visible)
        if op.id in repeated and isinstance(result, Signal) and op.kind != "norm":
            result = estimated(result)
        found[op.id] = result
    return found
