"""Steps towards another value: ``x + a·(f(x) − x)`` is ``(1 − a)·x + a·f(x)``, whose terms have nothing in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from initlint.ir.model import ForwardGraph, Op

Ops = Mapping[int, Op]


def rewritten(graph: ForwardGraph) -> ForwardGraph:
    """The graph with each such step written as a sum of two terms. Ops keep their numbers: the difference becomes the
    share of ``x`` that is kept, and the op that scales it scales ``f(x)``."""
    ops = {op.id: op for op in graph.ops}
    read = Counter(number for op in graph.ops for number in op.inputs)
    steps = [found for op in graph.ops if (found := _step(ops, read, op)) is not None]
    if not steps:
        return graph
    changed: dict[int, tuple[Op, ...]] = {}
    free = max(ops) + 1
    for total, scale, difference, start, end in steps:
        changed[difference.id] = ()
        changed[total.id] = (replace(total, kind="add"),)
        factors = tuple(number for number in scale.inputs if number != difference.id)
        if factors:
            negative = Op(free, "mul", "", factors, scale.place, value=-1.0)
            rest = Op(free + 1, "add", "", (free,), scale.place, value=1.0)
            kept = replace(difference, kind="mul", inputs=(start, rest.id))
            changed[scale.id] = (negative, rest, kept, replace(scale, inputs=(end, *factors)))
            free += 2
        else:
            share = 1.0 - float(scale.value)  # type: ignore[arg-type]
            kept = replace(difference, kind="mul", inputs=(start,), value=share)
            changed[scale.id] = (kept, replace(scale, inputs=(end,)))
        _point(changed, ops, total, start, kept.id)
    return replace(graph, ops=tuple(each for op in graph.ops for each in changed.get(op.id, (op,))))


def _point(changed: dict[int, tuple[Op, ...]], ops: Ops, total: Op, start: int, kept: int) -> None:
    """Let the sum read what is kept of ``x`` in place of it."""
    (found,) = changed[total.id]
    at = found.inputs.index(start)
    changed[total.id] = (replace(found, inputs=(*found.inputs[:at], kept, *found.inputs[at + 1 :])),)


def _step(ops: Ops, read: Counter[int], total: Op) -> tuple[Op, Op, Op, int, int] | None:
    """The sum, the op that scales the difference, the difference, ``x`` and ``f(x)``."""
    if total.kind not in {"add", "sub"} or len(total.inputs) != 2:
        return None
    orders = [total.inputs] if total.kind == "sub" else [total.inputs, total.inputs[::-1]]
    for start, number in orders:
        scale = ops.get(number)
        while scale is not None and scale.kind == "dropout" and read[scale.id] == 1 and scale.inputs:
            scale = ops.get(scale.inputs[0])
        if scale is None or scale.kind != "mul" or read[scale.id] != 1 or len(set(scale.inputs)) != len(scale.inputs):
            continue
        if len(scale.inputs) == 1 and type(scale.value) not in {int, float}:
            continue
        for difference in (ops[each] for each in scale.inputs if each in ops):
            if difference.kind != "sub" or len(difference.inputs) != 2 or read[difference.id] != 1:
                continue
            end, taken = difference.inputs if total.kind == "add" else difference.inputs[::-1]
            if taken == start != end:
                return total, scale, difference, start, end
    return None
