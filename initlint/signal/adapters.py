"""Low-rank adapters: two linear layers without anything between, added to what a frozen layer gives."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.ir.data import dataclass
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.facts import Facts, LayerFact

_LINEAR = frozenset({"linear", "conv", "matmul"})
_SAME = frozenset({"reshape", "dropout"})


@dataclass(frozen=True, slots=True)
class Adapter:
    """``down`` and ``up`` of an adapter; ``frozen`` says that the layer beside it surely does not train."""

    down: LayerFact
    up: LayerFact
    frozen: bool


def adapters(facts: Facts) -> Iterator[Adapter]:
    """All low-rank pairs that are added to another path with the same input."""
    graph = facts.model.graph
    if isinstance(graph, Unknown):
        return
    by_id = {op.id: op for op in graph.ops}
    for add in graph.ops:
        if add.kind != "add" or len(add.inputs) != 2:
            continue
        for side, other in (add.inputs, add.inputs[::-1]):
            up = facts.layer_of(_source(by_id, side).id)
            if up is None or up.op.name not in _LINEAR or not up.op.inputs:
                continue
            down = facts.layer_of(_source(by_id, up.op.inputs[0]).id)
            base = _source(by_id, other)
            if down is not None and down.op.name in _LINEAR and _narrow(down, up) and _shared(by_id, down.op, base):
                beside = facts.layer_of(base.id)
                yield Adapter(down, up, beside is not None and not beside.weight.trainable)


def _source(by_id: dict[int, Op], number: int) -> Op:
    """The op behind a value, but for scaling, shape and dropout."""
    op = by_id[number]
    while (op.kind in _SAME or (op.kind in {"mul", "div"} and op.value is not None)) and len(op.inputs) == 1:
        op = by_id[op.inputs[0]]
    return op


def _narrow(down: LayerFact, up: LayerFact) -> bool:
    rank, wide, out = up.fan_in, down.fan_in, up.fan_out
    sizes = all(isinstance(size, (int, float)) for size in (rank, wide, out))
    return not sizes or (2 * rank <= wide and 2 * rank <= out)  # type: ignore[operator]


def _shared(by_id: dict[int, Op], down: Op, base: Op) -> bool:
    """Whether both paths start from one value."""
    return (
        bool(base.inputs)
        and bool(down.inputs)
        and _source(by_id, down.inputs[0]).id in {_source(by_id, number).id for number in base.inputs}
    )
