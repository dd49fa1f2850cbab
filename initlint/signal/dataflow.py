"""What stands around each weight layer in the forward graph: consumers, norms, branches.

All sets of ops are bit masks over positions in execution order, so that one pass in each direction answers every
question for all layers.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping

from initlint.ir.model import ForwardGraph, Op
from initlint.ir.unknown import Unknown
from initlint.signal.masks import all_of, any_of, positions

_PASS = frozenset({"dropout", "reshape", "resample", "pool", "either"})
_VALUES = frozenset({"parameter", "constant"})
_MERGES = frozenset({"add", "sub"})
_ENDS = frozenset({"layer", "opaque", "softmax", "output"})
_CONSUMER = {
    "activation": "activation", "norm": "norm", "layer": "layer", "add": "add", "sub": "add", "mul": "mul",
    "div": "mul", "matmul": "mul", "cat": "cat", "stack": "cat", "softmax": "softmax", "reduce": "reduce",
    "function": "other", "output": "output",
}  # fmt: skip

# What a path meets first; and whether it comes through one of several values, on a condition that we can't decide.
_NORM, _LAYER, _OUTPUT, _OPAQUE, _EITHER = 1, 2, 4, 8, 16


def is_weight_layer(op: Op) -> bool:
    """Whether the op is a step of depth: a layer, but no embedding."""
    return op.kind == "layer" and op.name != "embedding"


class Dataflow:
    """Answers to questions about one forward graph; layers are given by their op."""

    def __init__(self, graph: ForwardGraph) -> None:
        self.ops = graph.ops
        self.by_id: Mapping[int, Op] = {op.id: op for op in graph.ops}
        self._at = {op.id: position for position, op in enumerate(graph.ops)}
        self._consumers: list[list[int]] = [[] for _ in graph.ops]
        self._softmaxes = [position for position, op in enumerate(graph.ops) if op.kind == "softmax"]
        self._passing = self._layers_of_one_pass(graph)
        self._live_ops = live = self._live()
        self._values = self._computed_values()
        self._carriers = [self._carriers_of(op) for op in graph.ops]
        for position, op in enumerate(graph.ops):
            for number in dict.fromkeys(op.inputs):
                if number in self._at and (live >> position & 1 or not live >> self._at[number] & 1):
                    self._consumers[self._at[number]].append(position)
        # The ancestors of each op but for the plain inputs that only mix positions.
        self._carried: list[int] = []
        self._mixed: dict[int, int] = {}
        self._look_back()
        # The sources of all that reaches each op, and those of them of which not all is known.
        self._reaching = [any_of([self._sources[each] for each in carriers]) for carriers in self._carriers]
        self._unclear = sum(1 << at for at, op in enumerate(graph.ops) if op.kind == "opaque" or _adds_unknown(op))
        self._look_ahead()
        self._find_branches()
        self._conditional = self._layers_of_one_value(graph)

    def carriers(self, op: Op) -> tuple[int, ...]:
        """Positions of the inputs that carry a signal: not parameters or constants, or what is computed of these."""
        return self._carriers[self._at[op.id]]

    def entering(self, op: Op) -> int | None:
        """The id of the first of those inputs."""
        carriers = self.carriers(op)
        return self.ops[carriers[0]].id if carriers else None

    def _carriers_of(self, op: Op) -> tuple[int, ...]:
        at = [self._at[number] for number in op.inputs if number in self._at]
        return tuple(position for position in at if not self._values >> position & 1)

    # -- one pass each way

    def _live(self) -> int:
        """What reaches an output: what is computed and thrown away consumes nothing."""
        live = 0
        for position in reversed(range(len(self.ops))):
            op = self.ops[position]
            if op.kind == "output" or live >> position & 1:
                live |= 1 << position
                for number in op.inputs:
                    live |= 1 << self._at[number] if number in self._at else 0
        return live

    def _layers_of_one_pass(self, graph: ForwardGraph) -> int:
        """The layers in loops of unknown length whose weights belong to one pass."""
        looped = [self.by_id[number] for number, _ in graph.repeats if number in self._at]
        times = Counter(op.weight for op in looped)
        return sum(1 << self._at[op.id] for op in looped if op.kind == "layer" and times[op.weight] == 1)

    def _layers_of_one_value(self, graph: ForwardGraph) -> int:
        """The layers on which no output depends for some of the values between which undecided conditions choose; those
        of a loop of unknown length, which runs at least twice, are none, and what it chooses may differ each time."""
        looped = {number for number, _ in graph.repeats}
        layers = sum(1 << at for at, op in enumerate(self.ops) if op.kind == "layer" and op.id not in looped)
        sure: list[int] = []
        needed = 0
        for position, op in enumerate(self.ops):
            ways = [sure[self._at[each]] for each in op.inputs if each in self._at]
            chosen = op.kind == "either" and not op.name and op.id not in looped
            sure.append((all_of(ways) if chosen and ways else any_of(ways)) | layers & 1 << position)
            if op.kind == "output":
                needed |= sure[position]
        return layers & self._live_ops & ~needed

    def _computed_values(self) -> int:
        found = 0
        for position, op in enumerate(self.ops):
            made = op.inputs and op.kind not in {"layer", "output"}
            if op.kind in _VALUES or (made and all(found >> self._at.get(each, position) & 1 for each in op.inputs)):
                found |= 1 << position
        return found

    def _look_back(self) -> None:
        self._ancestors: list[int] = []
        self._sources: list[int] = []
        self._before: list[int] = []
        for position, op in enumerate(self.ops):
            bit = 1 << position
            ancestors, sources, before = bit if not self._values & bit else 0, 0, 0
            carried = ancestors
            carriers = self.carriers(op)
            mixed = self._find_mixed(op, carriers)
            if mixed is not None:
                self._mixed[position] = mixed
            for each in carriers:
                ancestors |= self._ancestors[each]
            for each in carriers if mixed is None else (mixed,):
                carried |= self._carried[each]
                sources |= self._sources[each]
                before |= self._before[each]
            if op.kind in {"layer", "input"}:
                sources, before = bit, _LAYER
            elif op.kind == "opaque":
                sources, before = bit | sources, _OPAQUE
            elif _adds_unknown(op):
                sources |= bit
            elif op.kind == "norm":
                before = _NORM
            elif op.kind == "either" and op.name == "" and len({self._before[each] for each in carriers}) > 1:
                before |= _EITHER
            self._ancestors.append(ancestors)
            self._carried.append(carried)
            self._sources.append(sources)
            self._before.append(before)

    def _find_mixed(self, op: Op, carriers: tuple[int, ...]) -> int | None:
        if op.kind != "matmul" or len(carriers) != 2:
            return None
        for signal, weights in (carriers, carriers[::-1]):
            plain = all(self.ops[each].kind == "input" for each in positions(self._sources[weights]))
            made = any(self.ops[each].kind == "layer" for each in positions(self._sources[signal]))
            if plain and made and not self._carried[signal] & self._carried[weights]:
                return signal
        return None

    def _look_ahead(self) -> None:
        count = len(self.ops)
        self._feeds, self._ahead = [0] * count, [0] * count
        self._outputs = [0] * count
        for position in reversed(range(count)):
            for each in self._consumers[position]:
                consumer = self.ops[each]
                if is_weight_layer(consumer):
                    self._feeds[position] |= 1 << each
                else:
                    self._feeds[position] |= self._feeds[each]
                if consumer.kind == "output":
                    self._outputs[position] |= 1 << each
                elif not is_weight_layer(consumer):
                    self._outputs[position] |= self._outputs[each]
                match consumer.kind:
                    case "norm":
                        self._ahead[position] |= _NORM
                    case "layer":
                        self._ahead[position] |= _LAYER
                    case "output":
                        self._ahead[position] |= _OUTPUT
                    case "opaque":
                        self._ahead[position] |= _OPAQUE
                    case "either" if consumer.name == "":
                        self._ahead[position] |= self._ahead[each] | _EITHER
                    case _:
                        self._ahead[position] |= self._ahead[each]

    def _find_branches(self) -> None:
        """Layers between a fork and the add that merges its paths (or an opaque op that may)."""
        layers = sum(1 << position for position, op in enumerate(self.ops) if op.kind == "layer")
        self._in_branch = self._maybe_in_branch = 0
        for op in self.ops:
            merges = op.kind in _MERGES
            if not merges and op.kind not in {"opaque", "function"}:
                continue
            sides = [self._ancestors[each] for each in self.carriers(op)]
            if len(sides) < 2:
                continue
            shared = all_of(sides)
            if not shared:
                continue
            found = 0
            for position in positions(any_of(sides) & ~shared & layers):
                if self._ancestors[position] & shared:
                    found |= 1 << position
            if merges:
                self._in_branch |= found
            else:
                self._maybe_in_branch |= found

    def fork(self, add: Op) -> tuple[Op, tuple[int, ...]] | None:
        """The last op that all carriers of an add come from, and the positions of what lies between it and the add;
        None where there is no such op, or a layer between has an input that does not come from it."""
        sides = [self._ancestors[each] for each in self.carriers(add)]
        shared = all_of(sides) if len(sides) > 1 else 0
        if not shared:
            return None
        start = shared.bit_length() - 1
        inside = any_of(sides) & ~self._ancestors[start]
        reached = all(self._ancestors[each] >> start & 1 for each in positions(inside))
        return (self.ops[start], tuple(positions(inside))) if reached else None

    # -- questions

    def following(self, layer: Op) -> tuple[str, Op | None]:
        """What consumes the layer's output (see LayerFact.next), and the first such op where all are of one kind."""
        found: dict[str, Op] = {}
        seen: set[int] = set()
        undecided = False
        waiting = [self._at[layer.id]]
        while waiting:
            for each in self._consumers[waiting.pop()]:
                if each in seen:
                    continue
                seen.add(each)
                consumer = self.ops[each]
                if self._passes(consumer):
                    undecided |= consumer.kind == "either" and not consumer.name
                    waiting.append(each)
                    continue
                # Attention in one call is softmax(q kᵀ) v, a product of all three.
                fused = consumer.kind == "reduce" and consumer.name == "attention"
                kind = "mul" if fused else _CONSUMER.get(consumer.kind, "unknown")
                key = f"activation {consumer.name}" if kind == "activation" else kind
                if key not in found or self._at[found[key].id] > each:
                    found[key] = consumer
        if len(found) != 1:
            return "unknown" if undecided or "unknown" in found or not found else "several", None
        key, consumer = next(iter(found.items()))
        return ("activation" if consumer.kind == "activation" else key), consumer

    def _passes(self, op: Op) -> bool:
        if self._at[op.id] in self._mixed or op.kind in _PASS or (op.kind == "activation" and op.name == "identity"):
            return True
        # A bias added by hand; elements put into a tensor of zeros.
        one = op.kind in _MERGES or (op.kind == "cat" and op.name == "assign")
        return one and len(self.carriers(op)) < 2

    def readers(self, op: Op) -> list[Op]:
        """The live ops that read its value."""
        return [self.ops[each] for each in self._consumers[self._at[op.id]]]

    def normalised_after(self, layer: Op) -> str | None:
        """Whether a norm stands between the layer and the weight layers behind it: ``yes`` on all ways, ``no`` on none,
        ``partly``; None where that is not known."""
        return _decide(self._ahead[self._at[layer.id]])

    def normalised_before(self, layer: Op) -> str | None:
        """Whether the layer's input comes from a norm without another weight layer between, likewise."""
        met = 0
        for each in self.carriers(layer):
            met |= self._before[each]
        return _decide(met)

    def norm_after(self, layer: Op) -> bool | None:
        """:meth:`normalised_after` where it holds on all ways or none."""
        return _SURE.get(self.normalised_after(layer))

    def norm_before(self, layer: Op) -> bool | None:
        """:meth:`normalised_before` where it holds on all ways or none."""
        return _SURE.get(self.normalised_before(layer))

    def lives(self, layer: Op) -> bool:
        """Whether an output depends on it."""
        return bool(self._live_ops >> self._at[layer.id] & 1)

    def in_branch(self, layer: Op) -> bool | None:
        """Whether the layer lies between a fork and the add that merges its paths."""
        bit = 1 << self._at[layer.id]
        if self._in_branch & bit:
            return True
        return None if self._maybe_in_branch & bit else False

    def ends_branch(self, layer: Op) -> bool:
        """Whether the layer's output, through no weight layer and no activation, is added to another path."""
        return any(side is not None for side in self._additions(layer))

    def ends_residual_branch(self, layer: Op) -> bool | None:
        """Whether one of those paths has an ancestor in common with the layer; None where an op that was not understood
        may hide it."""
        own = self._ancestors[self._at[layer.id]]
        hidden = False
        for side in self._additions(layer):
            if side is None:
                hidden = True
            elif self._ancestors[side] & own:
                return True
        return None if hidden else False

    def _additions(self, layer: Op) -> Iterator[int | None]:
        """The other sides of the additions that the layer's output reaches so, the nearest first; None for each opaque
        op that it reaches."""
        bit = 1 << self._at[layer.id]
        seen: set[int] = set()
        waiting = deque([self._at[layer.id]])
        while waiting:
            for each in self._consumers[waiting.popleft()]:
                consumer = self.ops[each]
                if each in seen:
                    continue
                seen.add(each)
                if consumer.kind in _MERGES:
                    yield from (side for side in self.carriers(consumer) if not self._ancestors[side] & bit)
                elif consumer.kind in _ENDS or (consumer.kind == "activation" and consumer.name != "identity"):
                    if consumer.kind == "opaque":
                        yield None
                    continue
                waiting.append(each)

    def head(self, layer: Op) -> bool:
        """Whether the layer reaches an output, and no weight layer stands behind it."""
        at = self._at[layer.id]
        return not self._feeds[at] and bool(self._outputs[at])

    def feeds(self, layer: Op) -> tuple[int, ...]:
        """The ids of the weight layers next behind the layer."""
        return tuple(self.ops[each].id for each in positions(self._feeds[self._at[layer.id]]))

    def sure_feeds(self, layer: Op) -> tuple[int, ...] | None:
        """:meth:`feeds`; None where the layer's output reaches an op that was not understood before them, a loop of
        unknown length over layers, which are not all in the graph, or layers that run on a condition."""
        at = self._at[layer.id]
        unsure = self._feeds[at] & (self._passing | self._conditional)
        return None if self._ahead[at] & _OPAQUE or unsure else self.feeds(layer)

    def is_conditional(self, layer: Op) -> bool:
        """Whether the layer may not run, or not so often: on a condition that is not decided."""
        return bool(self._conditional >> self._at[layer.id] & 1)

    def chooses_before(self, layer: Op, later: int) -> bool:
        """Whether a softmax stands between the layer and the op ``later``, one of those that it feeds."""
        at, between = self._at[layer.id], self._ancestors[self._at[later]]
        return any(between >> each & 1 and self._ancestors[each] >> at & 1 for each in self._softmaxes)

    def set_apart(self, layer: Op) -> bool:
        """Whether other signals join the layer's output by concatenation only, as far as the layers next behind."""
        bit = 1 << self._at[layer.id]
        seen: set[int] = set()
        waiting = [self._at[layer.id]]
        while waiting:
            for each in self._consumers[waiting.pop()]:
                consumer = self.ops[each]
                if each in seen:
                    continue
                seen.add(each)
                others = any(not self._ancestors[side] & bit for side in self.carriers(consumer))
                if consumer.kind == "opaque" or (others and consumer.kind != "cat"):
                    return False
                if not is_weight_layer(consumer):
                    waiting.append(each)
        return True

    def sole_carrier(self, layer: Op) -> bool | None:
        """Whether all that reaches the layers next behind (of a head: the outputs) comes through this layer."""
        at = self._at[layer.id]
        reached = 0
        for each in positions(self._feeds[at] or self._outputs[at]):
            reached |= self._reaching[each]
        if reached == 1 << at:
            return True
        return None if reached & self._unclear and not reached & ~self._unclear & ~(1 << at) else False


def _adds_unknown(op: Op) -> bool:
    """Whether something is added of which nothing is known: a number, or another signal."""
    return op.kind in _MERGES and isinstance(op.value, Unknown)


_SURE: dict[str | None, bool] = {"yes": True, "no": False}


def _decide(met: int) -> str | None:
    partly = met & _NORM and met & _LAYER
    if met & _OPAQUE or (partly and met & _EITHER):
        return None
    return "partly" if partly else ("yes" if met & _NORM else "no")
