"""Residual streams: blocks x + f(x) in a row with no norm anywhere in them, and how the stream grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.model import Op
from initlint.ir.unknown import Unknown
from initlint.signal.dataflow import Dataflow
from initlint.signal.facts import LayerFact, Stream
from initlint.signal.meanfield.run import Prediction
from initlint.signal.meanfield.value import Flow, ratio

_SAME = frozenset({"dropout", "reshape", "activation", "either"})


@dataclass(frozen=True, slots=True)
class _Block:
    """The op that both sides of an add come from, the add, and the positions between."""

    start: Op
    end: Op
    inside: tuple[int, ...]


def streams(flow: Dataflow, prediction: Prediction, facts: Sequence[LayerFact]) -> tuple[Stream, ...]:
    """All maximal chains of at least two such blocks, in execution order."""
    blocks = {block.end.id: block for op in flow.ops if op.kind == "add" and (block := _block(flow, op)) is not None}
    before = {end: found for end, block in blocks.items() if (found := _end_before(flow, block, blocks)) is not None}
    layers = {fact.op.id: fact for fact in facts}
    result = []
    for end in blocks:
        if end in before.values():
            continue
        chain = [blocks[end]]
        while (previous := before.get(chain[0].end.id)) is not None:
            chain.insert(0, blocks[previous])
        if len(chain) > 1:
            result.append(_stream(flow, prediction, layers, chain))
    return tuple(result)


def _block(flow: Dataflow, add: Op) -> _Block | None:
    """The residual block that an add ends; None where it is none, or a norm or an op that was not understood lies in
    it."""
    found = flow.fork(add)
    if found is None:
        return None
    start, inside = found
    kinds = [flow.ops[position].kind for position in inside]
    if "layer" not in kinds or any(kind in {"norm", "opaque"} for kind in kinds):
        return None
    return _Block(start, add, inside)


def _end_before(flow: Dataflow, block: _Block, blocks: Mapping[int, _Block]) -> int | None:
    """The add that the block before ended with, where nothing but activations lies between."""
    op: Op | None = block.start
    while op is not None and op.id not in blocks and op.kind in _SAME and len(op.inputs) == 1:
        op = flow.by_id.get(op.inputs[0])
    return op.id if op is not None and op.id in blocks else None


def _stream(flow: Dataflow, prediction: Prediction, layers: Mapping[int, LayerFact], chain: Sequence[_Block]) -> Stream:
    start, end = chain[0].start.id, chain[-1].end.id
    entering = prediction.values[start]
    if isinstance(entering, Unknown) or entering.second == 0:
        prediction = prediction.restarted(start, end)
    values = prediction.values
    steps = [values[chain[0].start.id], *(values[block.end.id] for block in chain)]
    rough = tuple(_rough(values, block) for block in chain)
    ends = [
        layers[flow.ops[position].id]
        for block in chain
        for position in block.inside
        if flow.ops[position].id in layers and layers[flow.ops[position].id].ends_branch
    ]
    return Stream(
        blocks=len(chain),
        ends=tuple(ends),
        growth=tuple(_ratio(after, before) for before, after in zip(steps, steps[1:])),
        rough=rough,
        apart=_apart(steps[0], steps[-1]),
    )


def _apart(before: Flow, after: Flow) -> float | Unknown:
    found = _ratio(after, before)
    if isinstance(found, Unknown) or isinstance(before, Unknown) or isinstance(after, Unknown):
        return found
    return found * after.across / before.across if before.across > 0 else Unknown("what enters is the same for all")


def _rough(values: Mapping[int, Flow], block: _Block) -> float:
    """By how many decades the standard deviation of what a block adds may be off, beside what enters it."""
    tolerances = [0.0 if isinstance(value, Unknown) else value.tolerance for value in map(values.get, block.end.inputs)
                  if value is not None]  # fmt: skip
    entering = values[block.start.id]
    return max(max(tolerances, default=0.0) - (0.0 if isinstance(entering, Unknown) else entering.tolerance), 0.0)


def _ratio(after: Flow, before: Flow) -> float | Unknown:
    for each in (before, after):
        if isinstance(each, Unknown):
            return each
    assert not isinstance(after, Unknown) and not isinstance(before, Unknown)
    found = ratio(after.second, before.second) if before.second != 0 else None
    if found is None:
        size = after.second if isinstance(after.second, Dim) else before.second
        return Unknown(f"the scale {size} depends on sizes that are not known")
    return found
