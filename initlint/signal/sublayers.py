"""The residual sublayers of Transformers: norm(h + f(h)) in a row, or h + f(norm(h)), counted from the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from initlint.ir.model import Op
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Sublayer, Sublayers

# What a value passes on the way without a change of scale; and norms that leave the sizes of tokens alone.
_SAME = frozenset({"dropout", "reshape"})
_TOKEN_NORMS = frozenset({"layer", "rms"})


def sublayers(flow: Dataflow, facts: Sequence[LayerFact]) -> tuple[Sublayers, ...]:
    """The maximal chains of at least two sublayers of one kind, in execution order."""
    layers = {fact.op.id: fact for fact in facts}
    found: dict[str, dict[int, tuple[int, Sublayer]]] = {"post": {}, "pre": {}}
    for add in flow.ops:
        if add.kind == "add":
            for kind, start, end, each in _sublayers(flow, add, layers):
                found[kind].setdefault(end, (start, each))
    return tuple(Sublayers(kind, chain) for kind, links in found.items() for chain in _chains(links) if len(chain) > 1)


def _chains(links: Mapping[int, tuple[int, Sublayer]]) -> Iterator[tuple[Sublayer, ...]]:
    """``links`` maps the op that a sublayer ends with to the one that it starts from."""
    starts = {start for start, _ in links.values()}
    for end in links:
        if end in starts:
            continue
        chain: list[Sublayer] = []
        at = end
        while at in links:
            at, each = links[at]
            chain.insert(0, each)
        yield tuple(chain)


def _sublayers(flow: Dataflow, add: Op, layers: Mapping[int, LayerFact]) -> Iterator[tuple[str, int, int, Sublayer]]:
    """The kinds of sublayer that an add ends, each with the ops that it starts from and ends with."""
    sides = flow.carriers(add)
    if len(sides) != 2:
        return
    for identity, branch in (sides, sides[::-1]):
        start, end = _through(flow, flow.ops[identity]), _through(flow, flow.ops[branch])
        if end.id not in layers or start.id >= end.id:
            continue
        inside = _between(flow, start, end)
        mixes = any(op.name == "attention" or op.kind == "softmax" for op in inside)
        each = Sublayer(layers[end.id], mixes)
        readers = flow.readers(add)
        if _norms_tokens(start) and len(readers) == 1 and _norms_tokens(readers[0]):
            yield "post", start.id, readers[0].id, each
        elif start.kind == "add" and any(_norms_tokens(op) and start.id in op.inputs for op in inside):
            yield "pre", start.id, add.id, each


def _norms_tokens(op: Op) -> bool:
    return op.kind == "norm" and op.name in _TOKEN_NORMS


def _through(flow: Dataflow, op: Op) -> Op:
    """Back through what leaves the value's scale alone."""
    while op.kind in _SAME and len(op.inputs) == 1 and op.inputs[0] in flow.by_id:
        op = flow.by_id[op.inputs[0]]
    return op


def _between(flow: Dataflow, start: Op, end: Op) -> list[Op]:
    """The ops behind ``start`` that lead to ``end``, which is one of them."""
    found, waiting = {end.id: end}, [end]
    while waiting:
        for number in waiting.pop().inputs:
            if number > start.id and number not in found and number in flow.by_id:
                found[number] = flow.by_id[number]
                waiting.append(found[number])
    return list(found.values())
