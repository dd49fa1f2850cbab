"""Which ops every way from a graph's inputs to its outputs goes through."""

from __future__ import annotations

from initlint.signal.dataflow import Dataflow


def on_every_way(flow: Dataflow) -> frozenset[int]:
    """The ids of the ops through which as many ways lead as there are in all. What is computed of parameters alone is
    no way; what code that was not understood returns may begin one."""
    ops = flow.ops
    carriers = [flow.carriers(op) for op in ops]
    here: list[int] = []  # the ways from an input to each op
    for op, inputs in zip(ops, carriers):
        begins = not inputs and op.kind not in {"parameter", "constant"}
        here.append(1 if begins else sum(here[each] for each in inputs))
    on: list[int] = [0] * len(ops)  # the ways from each op to an output
    for position in reversed(range(len(ops))):
        on[position] += ops[position].kind == "output"
        for each in carriers[position]:
            on[each] += on[position]
    ways = sum(here[position] for position, op in enumerate(ops) if op.kind == "output")
    return frozenset(op.id for position, op in enumerate(ops) if ways and here[position] * on[position] == ways)
