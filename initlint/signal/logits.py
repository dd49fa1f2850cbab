"""Heads that choose among classes, and the cross entropy that their logits start with."""

from __future__ import annotations

import math
from collections.abc import Sequence

from initlint.ir.model import Model, Op
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Logits
from initlint.signal.meanfield.pools import largest_of
from initlint.signal.meanfield.run import Prediction

_EULER, _FEW = 0.5772156649015329, 2000
_HEADS = frozenset({"linear", "matmul"})
_LOSSES = frozenset({"cross_entropy", "nll_loss"})
_LOSS_MODULES = frozenset({"torch.nn.CrossEntropyLoss", "torch.nn.NLLLoss"})


def logits(model: Model, flow: Dataflow, prediction: Prediction, facts: Sequence[LayerFact]) -> tuple[Logits, ...]:
    """The heads that are known to give logits."""
    tables = {op.weight for op in flow.ops if op.kind == "layer" and op.name == "embedding"}
    heads = [fact for fact in facts if fact.head and fact.op.name in _HEADS]
    only_one = len(heads) == 1 and any(module.type in _LOSS_MODULES for module in model.modules)
    result = []
    for fact in heads:
        last, reader = _way_out(flow, fact.op)
        tied = fact.op.weight in tables
        chosen = reader is not None and (reader.kind == "softmax" or reader.name in _LOSSES)
        if not (tied or chosen or (only_one and reader is not None and reader.kind == "output")):
            continue
        value = prediction.values[last.id]
        if isinstance(value, Unknown):
            continue
        result.append(Logits(fact, fact.fan_out, tied, value.second, value.tolerance))
    return tuple(result)


def _way_out(flow: Dataflow, op: Op) -> tuple[Op, Op | None]:
    """The last op of one input behind the head, and the first one that is none; None where several read it."""
    while True:
        readers = flow.readers(op)
        reader = readers[0] if readers else None
        if len({(each.kind, each.name in _LOSSES) for each in readers}) > 1:
            return op, None
        if reader is None or len(readers) > 1 or reader.kind in {"softmax", "output"} or reader.name in _LOSSES:
            return op, reader
        if len(flow.carriers(reader)) != 1 or reader.kind == "opaque":
            return op, None
        op = reader


def loss(second: float, classes: float) -> float:
    """The cross entropy of Gaussian logits of that second moment s² against random labels, for two classes or more:
    about log C + s²/2 as long as s is below the expected maximum m of C Gaussians, then m a unit of s (the free energy
    of the random energy model, Derrida 1981)."""
    chance, s, most = math.log(classes), math.sqrt(second), _largest(classes)
    return chance + (s * s / 2 if s < most else most * (s - most / 2))


def _largest(classes: float) -> float:
    """The expected maximum of so many standard Gaussians; of very many, the mean of the Gumbel distribution that it
    tends to."""
    if classes <= _FEW:
        return largest_of(round(classes))[0]
    root = math.sqrt(2 * math.log(classes))
    return root - (math.log(math.log(classes)) + math.log(4 * math.pi) - 2 * _EULER) / (2 * root)
