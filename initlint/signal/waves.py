"""Networks on sine: which layers feed a sine, and at which frequency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.activations import canonical
from initlint.signal.facts import Facts, LayerFact


def frequencies(facts: Facts) -> dict[int, float]:
    """ω of the layers that stand in sin(ω·(Wx + b)) and feed nothing else, by the ids of their ops."""
    graph = facts.model.graph
    if isinstance(graph, Unknown) or not any(map(_is_sine, graph.ops)):
        return {}
    readers: dict[int, list[Op]] = {}
    for op in graph.ops:
        for number in set(op.inputs):
            readers.setdefault(number, []).append(op)
    return {layer.op.id: found for layer in facts.layers if (found := _frequency(readers, layer.op)) is not None}


def _is_sine(op: Op) -> bool:
    return op.kind == "activation" and canonical(op.name) == "sine"


def _frequency(readers: Mapping[int, Sequence[Op]], layer: Op) -> float | None:
    frequency, at = 1.0, layer.id
    while True:
        behind = readers.get(at, ())
        if len(behind) != 1:
            return None
        [op] = behind
        if _is_sine(op):
            return frequency
        if op.kind in {"mul", "div"} and len(op.inputs) == 1 and isinstance(op.value, (int, float)) and op.value:
            frequency = frequency * op.value if op.kind == "mul" else frequency / op.value
        elif op.kind not in {"reshape", "dropout"}:
            return None
        at = op.id


def behind_sines(facts: Facts, waves: dict[int, float]) -> list[LayerFact]:
    """The layers of sines that other such layers feed: the hidden ones."""
    fed = {number for layer in facts.layers if layer.op.id in waves for number in layer.feeds}
    return [layer for layer in facts.layers if layer.op.id in waves and layer.op.id in fed]
