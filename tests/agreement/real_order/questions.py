"""The questions about each weight layer, defined once for both sides, and the live side's answers.

A weight layer is one call that multiplies by a parameter: linear, convolution, embedding, recurrent, attention, or a
product with a parameter. Its name is that of the parameter. Only calls on which the model's result depends count. A
signal is a value that depends on the model's input or on a weight layer; positions, biases and constants are none.

next
    The kind of step that the layer's output meets first, through dropout, shape, type, pooling, padding and resampling,
    and through the addition of what is no signal: ``activation:<name>``, ``norm``, ``layer``, ``add``, ``mul``
    (products and quotients of any kind), ``cat``, ``softmax``, ``reduce``, ``output``, ``other`` (any other function),
    or ``several`` where it meets different ones.
before, after
    Normalised before (behind): whether the ways back from the layer's input (on from its output) meet a norm before
    they meet another weight layer (or the model's input): ``yes`` on all such ways, ``no`` on none, else ``partly``.
ends
    Ends a residual branch: through no weight layer, no activation and no softmax its output reaches an addition whose
    other side does not come from it, but depends on something that the layer depends on too.
feeds
    The weight layers next behind it.
repeats
    How many calls of weight layers there are whose names differ from it in numbers only: how often its block repeats;
    ``varies`` where that depends on the input, as in a loop over the experts that its tokens chose: the live passes
    show it on inputs of other values and, where the model takes them, of other lengths.

Both sides are given the same arguments by name. The models of transformers are built without a cache, whose keys and
values would be outputs, and with the attention that their source writes out (``eager``): which one a machine takes
else depends on what is installed there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.agreement.real_order.watch import Node, Pass

QUESTIONS = ("next", "before", "after", "ends", "feeds", "repeats")
VARIES = "varies"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers for one call of a weight layer; None: not known."""

    next: str | None = None
    before: str | None = None
    after: str | None = None
    ends: bool | None = None
    feeds: frozenset[str] | None = None
    repeats: int | str | None = None


def pattern(weight: str) -> str:
    """The name with its numbers left out."""
    return re.sub(r"\d+", "*", weight)


def live_answers(watched: Pass, others: Sequence[Pass] = ()) -> list[tuple[str, Answers]]:
    """For each call of a weight layer, in order, its name and the answers; ``others`` are passes on other inputs."""
    return _Graph(watched).answers([_Graph(other).repeats() for other in others])


class _Graph:
    def __init__(self, watched: Pass) -> None:
        self.nodes = watched.nodes
        self.outputs = set(watched.outputs)
        self.live = self._live()
        self.users: dict[int, list[int]] = {number: [] for number in self.live}
        self.sources: list[set[int]] = []
        for number, node in enumerate(self.nodes):
            self.sources.append({number}.union(*(self.sources[each] for each in node.inputs)))
            if number in self.live:
                for each in node.inputs:
                    self.users[each].append(number)

    def _live(self) -> set[int]:
        found: set[int] = set()
        waiting = list(self.outputs)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self.nodes[number].inputs
        return found

    def repeats(self) -> Counter[str]:
        """How many calls of weight layers there are of each pattern of names."""
        layers = (self.nodes[number] for number in self.live if self.nodes[number].kind == "layer")
        return Counter(pattern(layer.weight) for layer in layers)

    def answers(self, others: Sequence[Counter[str]]) -> list[tuple[str, Answers]]:
        """The answers, given the ``repeats`` on other inputs."""
        layers = [number for number in sorted(self.live) if self.nodes[number].kind == "layer"]
        counts: dict[str, int | str] = {
            name: count if all(other[name] == count for other in others) else VARIES
            for name, count in self.repeats().items()
        }
        return [
            (
                self.nodes[number].weight,
                Answers(
                    next=self.next(number),
                    before=self.before(number),
                    after=self.after(number),
                    ends=self.ends(number),
                    feeds=self.feeds(number),
                    repeats=counts[pattern(self.nodes[number].weight)],
                ),
            )
            for number in layers
        ]

    def _passes(self, node: Node) -> bool:
        return node.kind == "pass" or (node.kind == "add" and len(node.inputs) < 2)

    def next(self, layer: int) -> str:
        found: set[str] = set()
        for number in self._ahead(layer, lambda node: self._passes(node)):
            if number == -1:
                found.add("output")
            elif not self._passes(self.nodes[number]):
                found.add(self.nodes[number].kind)
        return found.pop() if len(found) == 1 else "several"

    def _ahead(self, start: int, through: object) -> set[int]:
        """What the output of a step reaches through steps that pass it on; -1 is the model's result."""
        seen: set[int] = set()
        waiting = [start]
        while waiting:
            number = waiting.pop()
            if number in self.outputs:
                seen.add(-1)
            for each in self.users[number]:
                if each not in seen:
                    seen.add(each)
                    if through(self.nodes[each]):  # type: ignore[operator]
                        waiting.append(each)
        return seen

    def after(self, layer: int) -> str:
        met = {
            "output" if number == -1 else self.nodes[number].kind
            for number in self._ahead(layer, lambda node: node.kind not in {"norm", "layer"})
        }
        return _share("norm" in met, "layer" in met)

    def before(self, layer: int) -> str:
        met: set[str] = set()
        seen: set[int] = set()
        waiting = list(self.nodes[layer].inputs)
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            node = self.nodes[number]
            if node.kind in {"norm", "layer", "input"}:
                met.add(node.kind)
            else:
                waiting += node.inputs
        return _share("norm" in met, bool(met & {"layer", "input"}))

    def ends(self, layer: int) -> bool:
        stops = {"layer", "softmax"}
        for number in self._ahead(layer, lambda n: n.kind not in stops and not n.kind.startswith("activation")):
            node = self.nodes[number] if number != -1 else None
            if node is None or node.kind != "add" or len(node.inputs) < 2:
                continue
            for side in node.inputs:
                if layer not in self.sources[side] and self.sources[side] & self.sources[layer]:
                    return True
        return False

    def feeds(self, layer: int) -> frozenset[str]:
        reached = self._ahead(layer, lambda node: node.kind != "layer" or "embedding" in node.name)
        layers = (self.nodes[number] for number in reached if number != -1)
        return frozenset(node.weight for node in layers if node.kind == "layer" and "embedding" not in node.name)


def _share(norm: bool, other: bool) -> str:
    return "partly" if norm and other else ("yes" if norm else "no")
