"""The propagation of a whole graph: forward op by op, then backward; one table of transfer functions by kind of op."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from initlint.ir import dim
from initlint.ir.model import ForwardGraph, Model, Op
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield import attention, dense, elementwise, merges, norms, pools, recurrent, shapes
from initlint.signal.meanfield.context import Context, Inputs
from initlint.signal.meanfield.interpolation import rewritten
from initlint.signal.meanfield.value import Back, Flow, Gradient, Value, joined

Forward = Callable[[Context, Op, Sequence[Flow]], Flow]
Backward = Callable[[Context, Op, Sequence[Flow], Gradient], list[Back]]


def _through(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    return flows[0]


def _all(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    return [gradient, *[Gradient(0.0)] * (len(flows) - 1)]


def _unread(context: Context, op: Op, flows: Sequence[Flow]) -> Flow:
    return Unknown(f"the signal behind {op.name or op.kind} is not known", op.place)


def _no_way(context: Context, op: Op, flows: Sequence[Flow], gradient: Gradient) -> list[Back]:
    return [Unknown(f"the gradient behind {op.name or op.kind} is not known", op.place)] * len(flows)


_TABLE: dict[str, tuple[Forward, Backward]] = {
    "layer": (dense.forward, dense.backward),
    "layer embedding": (dense.embedding, dense.unread),
    "layer recurrent": (recurrent.forward, recurrent.backward),
    "layer attention": (attention.layer, attention.layer_back),
    "activation": (elementwise.forward, elementwise.backward),
    "function": (elementwise.forward, elementwise.backward),
    "norm": (norms.forward, norms.backward),
    "add": (merges.forward, merges.backward),
    "sub": (merges.forward, merges.backward),
    "mul": (merges.forward, merges.backward),
    "div": (merges.forward, merges.backward),
    "cat": (merges.cat, merges.split),
    "stack": (merges.cat, merges.split),
    "either": (merges.either, merges.either_back),
    "pool": (pools.forward, pools.backward),
    "reduce": (pools.forward, pools.backward),
    "reduce attention": (attention.fused, attention.fused_back),
    "resample": (pools.resample, pools.resample_back),
    "softmax": (attention.softmax, attention.softmax_back),
    "matmul": (attention.matmul, attention.matmul_back),
    "reshape": (shapes.reshape, shapes.reshape_back),
    "dropout": (_through, _all),
    "output": (_through, _all),
}
# Those of which a part may be known though an input is not.
_ALSO_UNKNOWN = frozenset({"norm", "softmax", "matmul", "layer", "cat", "add", "activation"})
# Where a few units hold most of a gradient, it differs from seed to seed.
_UNEVEN, _HEAVY_TAIL = 3.0, 0.5


def _entry(op: Op) -> tuple[Forward, Backward]:
    return _TABLE.get(f"{op.kind} {op.name}") or _TABLE.get(op.kind, (_unread, _no_way))


class Prediction:
    """What happens to the signal in one model; ``values`` holds the state behind each op, by op id; empty where the
    forward was not read.

    Forward, an Unknown goes on up to the next norm. Backward, it goes on to everything before.
    """

    def __init__(self, model: Model, inputs: Inputs | None = None) -> None:
        graph = rewritten(model.graph) if not isinstance(model.graph, Unknown) else ForwardGraph((), ())
        self._context = Context(model, graph, inputs or Inputs())
        self._at = {op.id: position for position, op in enumerate(graph.ops)}
        for op in graph.ops:
            self._visit(op)

    @property
    def values(self) -> dict[int, Flow]:
        """The state behind each op."""
        return self._context.found

    @cached_property
    def gradients(self) -> dict[int, Back]:
        """The gradient behind each op, relative to that at the outputs."""
        ops = self._context.graph.ops
        return self._back(ops, {op.id: [Gradient(1.0)] for op in ops if op.kind == "output"})

    def between(self, first: int, last: int) -> dict[int, Back]:
        """The gradient behind each op from ``first`` to ``last``, relative to that behind ``last``, as if it
        alone were read."""
        ops = self._context.graph.ops[self._at[first] : self._at[last] + 1]
        return self._back(ops, {last: [Gradient(1.0)]})

    def restarted(self, first: int, last: int) -> Prediction:
        """The same up to the op ``last``, with noise of variance 1 behind the op ``first``: of a part whose input is
        not known."""
        again = copy(self)
        again.__dict__.pop("gradients", None)
        context = again._context = copy(self._context)
        start = self._at[first]
        context.found = dict(context.found)
        context.bases = {key: value for key, value in context.bases.items() if self._at[key] < start}
        context.found[first] = shapes.noise(context, context.ops[first])
        for op in context.graph.ops[start + 1 : self._at[last] + 1]:
            again._visit(op)
        return again

    def again(self, ops: Sequence[Op], first: int, last: int) -> Prediction:
        """One more pass of a loop: the same with ``ops`` run again, where what was behind ``last`` is behind ``first``,
        a value of its own."""
        again = copy(self)
        again.__dict__.pop("gradients", None)
        context = again._context = copy(self._context)
        context.found = dict(context.found)
        own = {first, *(op.id for op in ops)}
        context.bases = {key: value for key, value in context.bases.items() if key not in own}
        end = context.found[last]
        context.found[first] = end if isinstance(end, Unknown) else replace(end, curve=None, parts=())
        for op in ops:
            again._visit(op)
        return again

    def _visit(self, op: Op) -> None:
        context = self._context
        found = context.found[op.id] = _forward(context, op)
        if isinstance(found, Value) and op.kind in {"input", "layer"} and context.positions == 1:
            context.positions = found.positions

    def _back(self, ops: Sequence[Op], arrived: dict[int, list[Back]]) -> dict[int, Back]:
        context, result = self._context, {}
        for op in reversed(ops):
            back = joined(arrived.get(op.id, []))
            result[op.id] = _here(back)
            if not op.inputs or (isinstance(back, Gradient) and back.second == 0):
                continue
            for number, each in _sent(context, op, back):
                if number in context.repeats and op.id not in context.repeats:
                    each = Unknown(f"the loop over {context.repeats[number]} runs an unknown number of times", op.place)
                arrived.setdefault(number, []).append(each)
        return result


def predict(model: Model, inputs: Inputs | None = None) -> Prediction:
    """The prediction for one model and what enters it."""
    return Prediction(model, inputs)


def _here(back: Back) -> Back:
    if isinstance(back, Unknown) or back.uneven == 1:
        return back
    rough = _HEAVY_TAIL if back.uneven > _UNEVEN else 0.0
    return replace(back.scaled(back.uneven, rough), uneven=1.0)


def _forward(context: Context, op: Op) -> Flow:
    flows = [_visible(context, op, number) for number in op.inputs]
    if not flows and op.kind != "layer":
        return shapes.made(context, op)
    unknown = next((flow for flow in flows if isinstance(flow, Unknown)), None)
    if unknown is not None and op.kind not in _ALSO_UNKNOWN:
        return unknown
    found = _entry(op)[0](context, op, flows)
    if isinstance(found, Value) and op.kind in {"layer", "norm", "pool", "resample"} and found.curve is None:
        found = replace(found, parts=())
    return found


def _visible(context: Context, op: Op, number: int) -> Flow:
    """Of a loop of unknown length only the norms inside it are known to those behind it."""
    flow = context.found.get(number, Unknown("an input that is not in the graph"))
    if number in context.repeats and op.id not in context.repeats and context.ops[number].kind != "norm":
        return Unknown(f"the loop over {context.repeats[number]} runs an unknown number of times", op.place)
    return flow


def _sent(context: Context, op: Op, back: Back) -> list[tuple[int, Back]]:
    """What the op sends to the values that it was made of; a curve, straight to its source."""
    value = context.found.get(op.id)
    if isinstance(value, Value) and value.curve is not None and op.kind not in {"reshape", "dropout", "output"}:
        if op.kind in {"activation", "function", "add", "sub", "mul", "div"} and op.name != "identity":
            source = value.curve.source
            if isinstance(back, Unknown):
                return [(source, back)]
            return [(source, elementwise.to_source(context, value.curve, back))]
    flows = [context.found.get(number, Unknown("an input that is not in the graph")) for number in op.inputs]
    if isinstance(back, Unknown):
        return [(number, back) for number in dict.fromkeys(op.inputs)]
    sent = _entry(op)[1](context, op, flows, back)
    twice = {number for number in op.inputs if op.inputs.count(number) > 1}
    if not twice:
        return list(zip(op.inputs, sent))
    return [(number, each if number not in twice else _together(each, op)) for number, each in zip(op.inputs, sent)]


def _together(back: Back, op: Op) -> Back:
    """A sum of a value with itself is twice the value: its two gradients are one and the same."""
    return back.scaled(2.0) if isinstance(back, Gradient) and op.kind in {"add", "sub", "mul"} else back


def across(value: Flow) -> float | Unknown:
    """The across-input standard deviation of a value."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value.second, dim.Dim):
        return Unknown(f"the scale {value.second} depends on sizes that are not known")
    return float((value.second * value.across) ** 0.5)
