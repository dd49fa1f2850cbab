"""Recalling a forward: a module that is built like one that has been run is not run again.

A deep model calls many modules that differ in their parameters alone. The first call of each kind is recorded: what it
read, and the operations that it added to the graph. Where a later call has the like arguments on a like module, those
operations are repeated on that module's parameters. What a recorded run did outside the graph (a write to an object
that was there before, a module that it made) can't be repeated, so such runs are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from initlint.interpret.computed import OF, moved
from initlint.interpret.graph import Draft, GraphBuilder
from initlint.interpret.operators import is_plain
from initlint.interpret.values import (
    CLOCK,
    Argument,
    Bound,
    ClassValue,
    DictValue,
    Either,
    External,
    ListValue,
    Maybe,
    Obj,
    PartialValue,
    Store,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import dim
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

if TYPE_CHECKING:
    from initlint.interpret.machine import Machine

S = TypeVar("S", bound="Store | None")
V = TypeVar("V")

# A tensor's shape, in the names of symbols: tensors.attribute gives it that of the operation.
SHAPE = re.compile(r"\bshape(\d+)\b")

# Records of one class that a call is compared with.
_MOST_RECORDS = 4
# Numbers that the forward of a library layer reads, whether the module that calls it does or not.
_READ_BY_LAYERS = frozenset({"stride", "groups"})


@dataclass(slots=True, eq=False)
class Record:
    """One run: the module, its arguments, the numbers that it read (object and name), the range of its operations in
    the graph, its result, and the place where it ended. ``begun`` is the clock at its start; ``outside`` are the
    operations from before it that its own take; ``kept`` whether it can be repeated."""

    module: Obj
    arguments: tuple[Value, ...]
    names: tuple[str, ...]
    state: tuple[object, ...]
    begun: int
    first: int
    last: int = 0
    result: Value = None
    here: Place | None = None
    reads: set[tuple[int, str]] = field(default_factory=set)
    outside: frozenset[int] = frozenset()
    kept: bool = True


class Recall:
    """The runs of one forward so far, and those that are being recorded."""

    def __init__(self) -> None:
        self._records: dict[ClassValue | External, list[Record]] = {}
        self._running: list[Record] = []
        self._begun = CLOCK.tick()

    def read(self, owner: Obj, name: str) -> None:
        """Say that the running code read a number (or another plain value) of an object."""
        if self._running:
            self._running[-1].reads.add((id(owner), name))

    def wrote(self, store: Store) -> None:
        """Say that the running code wrote to a store."""
        for record in reversed(self._running):
            if store.born >= record.begun:
                break
            record.kept = False
        if isinstance(store, Obj) or (store.born < self._begun and isinstance(store, (ListValue, DictValue))):
            self._records.clear()  # what a recorded run read may no longer be so

    def run(
        self,
        machine: Machine,
        module: Obj,
        positional: Sequence[Value],
        keywords: dict[str, Value],
        forward: Callable[[], Value],
    ) -> Value:
        """The result of a module's forward, which ``forward`` runs."""
        graph = machine.graph
        assert graph is not None
        arguments, names = (*positional, *keywords.values()), tuple(keywords)
        if _holds_list(arguments):
            return forward()  # it may change between one call and the next
        state = (machine.undecided(), *machine.repeats)
        for record in reversed(self._records.get(module.cls, ())):
            if record.names == names and record.state == state and len(record.arguments) == len(arguments):
                likeness = Likeness(record.reads)
                alike = likeness.alike(record.arguments, arguments) and likeness.alike(record.module, module)
                if alike and record.outside <= likeness.nodes.keys():
                    machine.here = record.here or machine.here
                    return self._repeat(graph, record, likeness)
        return self._record(
            machine, graph, Record(module, arguments, names, state, CLOCK.tick(), len(graph.drafts)), forward
        )

    def _repeat(self, graph: GraphBuilder, record: Record, likeness: Likeness) -> Value:
        if self._running:
            stands = likeness.objects
            self._running[-1].reads.update(
                (id(stands[number]) if number in stands else number, name) for number, name in record.reads
            )
        return _Replay(graph, record, likeness).run()

    def _record(self, machine: Machine, graph: GraphBuilder, record: Record, forward: Callable[[], Value]) -> Value:
        made = len(machine.objects)
        self._running.append(record)
        try:
            record.result = forward()
        finally:
            self._running.pop()
            if self._running:
                self._running[-1].reads |= record.reads
        result, record.last, record.here = record.result, len(graph.drafts), machine.here
        if record.kept and len(machine.objects) == made and _movable(result, record.begun):
            record.result = _as_it_is(result, record.begun, {})
            record.outside = _outside(graph.drafts, record.first, record.last)
            known = self._records.setdefault(record.module.cls, [])
            known.append(record)
            del known[:-_MOST_RECORDS]
        return result


class Likeness:
    """Whether two values are built alike: equal but for the identity of modules, parameters and the operations that
    tensors come from, and but for numbers that were not read. ``objects`` and ``nodes`` say what stands for what,
    and ``tensors`` which tensors of the other's arguments."""

    def __init__(self, reads: set[tuple[int, str]]) -> None:
        self._reads = reads
        self.objects: dict[int, Store] = {}
        self._taken: dict[int, Store] = {}
        self.nodes: dict[int, int] = {}
        self.tensors: dict[int, Tensor] = {}
        self._sources: dict[int, int] = {}

    def alike(self, one: Value, other: Value) -> bool:
        """Whether ``other`` may stand for ``one``."""
        if one is other and not isinstance(one, (Tensor, tuple)):
            return True
        if type(one) is not type(other):
            return False
        if isinstance(one, (Obj, Tensor, ListValue, DictValue)):
            assert isinstance(other, (Obj, Tensor, ListValue, DictValue))
            return self._stores(one, other)
        if isinstance(one, tuple):
            assert isinstance(other, tuple)
            return len(one) == len(other) and all(map(self.alike, one, other))
        match one, other:
            case (Either(mine), Either(theirs)) | (Walk(mine), Walk(theirs)):
                return self.alike(mine, theirs)
            case Maybe(mine), Maybe(theirs):
                return self.alike(mine, theirs)
            case Bound(mine, function, name), Bound(theirs, other_function, other_name):
                return function is other_function and name == other_name and self.alike(mine, theirs)
            case PartialValue(function, leading, named), PartialValue(other_function, other_leading, other_named):
                return self.alike(
                    (function, leading, *named.items()), (other_function, other_leading, *other_named.items())
                )
        return bool(one == other)

    def _stores(self, one: Store, other: Store) -> bool:
        known = self.objects.get(id(one))
        if known is not None or id(other) in self._taken:
            return known is other and self._taken.get(id(other)) is one
        self.objects[id(one)], self._taken[id(other)] = other, one
        if isinstance(one, Tensor):
            assert isinstance(other, Tensor)
            return self._tensors(one, other)
        if isinstance(one, Obj) and (not isinstance(other, Obj) or (one.cls is not other.cls and one.cls != other.cls)):
            return False
        if len(one.data) != len(other.data) or getattr(one, "open", None) != getattr(other, "open", None):
            return False
        for (key, mine), (other_key, theirs) in zip(one.data.items(), other.data.items()):
            if key != other_key:
                return False
            if mine is not theirs and not self.alike(mine, theirs):
                unread = isinstance(one, Obj) and isinstance(key, str) and key not in _READ_BY_LAYERS
                if not (unread and is_plain(mine) and is_plain(theirs)) or (id(one), key) in self._reads:
                    return False
        return True

    def _tensors(self, one: Tensor, other: Tensor) -> bool:
        if one.node is None or other.node is None:
            same = one.node is other.node and one.partial == other.partial and self.alike(one.base, other.base)
            return same and all(one.data.get(key) == other.data.get(key) for key in ("shape", "parameter", "trainable"))
        stands = self.nodes.setdefault(one.node, other.node) == other.node
        self.tensors[id(one)] = other
        return (
            stands and self._sources.setdefault(other.node, one.node) == one.node and _settled(one) == _settled(other)
        )


def _settled(tensor: Tensor) -> dict[Hashable, Value]:
    return {key: value for key, value in tensor.data.items() if key != "now"}


class _Replay:
    """Repeats the operations of a record on the modules and tensors that stand for its own."""

    def __init__(self, graph: GraphBuilder, record: Record, likeness: Likeness) -> None:
        self._graph = graph
        self._record = record
        self._objects = likeness.objects
        self._nodes = likeness.nodes
        self._tensors = likeness.tensors

    def run(self) -> Value:
        """Add the operations; their result."""
        for number in range(self._record.first, self._record.last):
            self._nodes[number] = self._add(self._graph.drafts[number])
        return self._moved(self._record.result, {})

    def _add(self, draft: Draft) -> int:
        weight = draft.weight
        if _is_source(draft) and weight is not None and not self._made_inside(weight):
            return self._source(draft)
        inputs = tuple(map(self._number, draft.inputs))
        module, bias = self._stand_in(draft.module), self._stand_in(draft.bias)
        if weight is not None and isinstance(source := weight.data.get(OF), Tensor):
            weight = moved(weight, self._stand_in(source))
        return self._graph.repeat(
            Draft(
                draft.kind, draft.name, inputs, draft.place, module, self._stand_in(weight), bias,
                self._renamed(draft.value), self._renamed(draft.stride), self._renamed(draft.groups), draft.repeat,
            )
        )  # fmt: skip

    def _made_inside(self, store: Store) -> bool:
        return store.born >= self._record.begun and id(store) not in self._objects

    def _source(self, draft: Draft) -> int:
        assert draft.weight is not None
        return self._graph.node(self._stand_in(draft.weight), draft.place)

    def _number(self, number: int) -> int:
        if number not in self._nodes:
            # What neither the run nor the arguments or the module hold is the same for both modules.
            draft = self._graph.drafts[number]
            self._nodes[number] = self._source(draft) if _is_source(draft) else number
        return self._nodes[number]

    def _stand_in(self, store: S) -> S:
        return self._objects.get(id(store), store)  # type: ignore[return-value]

    def _moved(self, value: Value, copies: dict[int, Obj]) -> Value:
        if isinstance(value, tuple):
            return tuple(self._moved(item, copies) for item in value)
        if isinstance(value, Tensor):
            if value.node is None:
                return self._stand_in(value)
            if id(value) not in self._tensors:
                self._tensors[id(value)] = tensor = Tensor(value.made, self._number(value.node))
                tensor.data.update((key, self._moved(item, copies)) for key, item in value.data.items())
            return self._tensors[id(value)]
        if isinstance(value, Obj):
            if id(value) not in copies:
                copies[id(value)] = copy = Obj(value.cls, value.made, value.outer)
                copy.data.update((key, self._moved(item, copies)) for key, item in value.data.items())
            return copies[id(value)]
        if isinstance(value, Argument):
            return Argument(self._name(value.name))
        return self._renamed(value)

    def _renamed(self, value: V) -> V:
        return dim.renamed(value, self._name) if isinstance(value, Dim) else value  # type: ignore[return-value]

    def _name(self, name: str) -> str:
        """The symbol for a size of a tensor, which is called by the operation that the tensor comes from."""
        return SHAPE.sub(lambda found: f"shape{self._number(int(found[1]))}", name) if "shape" in name else name


def _movable(value: Value, begun: int) -> bool:
    """Whether a result can be given again: it holds no store that may change later, but for objects made by the run."""
    if isinstance(value, tuple):
        return all(_movable(item, begun) for item in value)
    if isinstance(value, Obj):
        return value.born >= begun and all(_movable(item, begun) for item in value.data.values())
    return is_plain(value) or isinstance(value, (Tensor, Unknown, Dim, Argument))


def _outside(drafts: Sequence[Draft], first: int, last: int) -> frozenset[int]:
    taken = {number for draft in drafts[first:last] for number in draft.inputs if number < first}
    return frozenset(number for number in taken if not _is_source(drafts[number]))


def _as_it_is(value: V, begun: int, copies: dict[int, Store]) -> V:
    """The result with copies of what the run made: what its caller does to a tensor in place is not a part of what is
    repeated."""
    if isinstance(value, tuple):
        return tuple(_as_it_is(item, begun, copies) for item in value)  # type: ignore[return-value]
    if not isinstance(value, (Tensor, Obj)) or value.born < begun:
        return value
    if id(value) not in copies:
        copy: Tensor | Obj
        if isinstance(value, Tensor):
            copy = Tensor(value.made, value.node, value.base, value.partial, value.detached)
        else:
            copy = Obj(value.cls, value.made, value.outer)
        copies[id(value)] = copy
        copy.data.update((key, _as_it_is(item, begun, copies)) for key, item in value.data.items())
    return copies[id(value)]  # type: ignore[return-value]


def _is_source(draft: Draft) -> bool:
    return draft.kind in {"parameter", "constant"} and draft.weight is not None


def _holds_list(value: Value) -> bool:
    if isinstance(value, tuple):
        return any(map(_holds_list, value))
    return isinstance(value, (ListValue, DictValue))
