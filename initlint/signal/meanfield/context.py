"""What the transfer functions may ask: the model's parameters, the ops around, and the states found so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property

from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar, multiply
from initlint.ir.model import ForwardGraph, Model, Op, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.value import Flow, Value
from initlint.signal.weights import Vector, vector

# What leaves the positions' values as they are.
SAME = frozenset({"reshape", "dropout"})
# What leaves as many units at a position, but for gates that take half.
_SAME_WIDTH = SAME | {"norm", "activation"}
_HALVED = frozenset({"glu"})
# What takes some of the elements: other units, or other positions.
SELECTS = frozenset({"index", "slice", "select", "narrow", "gather", "index_select"})
# Behind which nothing is left of a value but that it is there, as positions are counted from a mask.
_COUNTED = frozenset({"ne", "eq", "__ne__", "__eq__", "cumsum", "zeros_like", "ones_like", "!=", "=="})
# What masks of the future are made with.
_CUT = frozenset({"tril", "triu"})
_TRIANGLES = _CUT | {"<=", ">=", "<", ">", "le", "ge", "lt", "gt"}
_PARTED = frozenset({"chunk", "split", "unbind", "tensor_split"})
_MOST_VISITED = 40


@dataclass(frozen=True, slots=True)
class Inputs:
    """What enters the model. ``positions`` gives, by the name of the forward's parameter, how many pixels or tokens a
    sample has; for others ``side`` pixels to a dimension and ``tokens`` tokens are taken. ``local`` is the share of an
    input's signal that differs between its positions: 1 for noise and text, 0 for flat images. ``smooth`` says that
    near positions may be more alike than distant ones, as pixels of photographs are: averages may then keep more."""

    positions: Mapping[str, float] = field(default_factory=dict)
    side: float = 224
    tokens: float = 128
    local: float = 1.0
    smooth: bool = True


class Context:
    """One model, its forward graph and what is known of it so far."""

    def __init__(self, model: Model, graph: ForwardGraph, inputs: Inputs) -> None:
        self.model = model
        self.graph = graph
        self.inputs = inputs
        self.ops: dict[int, Op] = {op.id: op for op in graph.ops}
        self.found: dict[int, Flow] = {}
        # The values that curves and parts are made of, by the id of the op that yields them.
        self.bases: dict[int, Value] = {}
        self.repeats = dict(graph.repeats)
        # Those of the first value with several, for what comes behind a value that is not known.
        self.positions = 1.0
        self._parameters = {parameter.name: parameter for parameter in (*model.parameters, *model.computed)}
        self._consumers: dict[int, list[Op]] = {}
        for op in graph.ops:
            for number in dict.fromkeys(op.inputs):
                self._consumers.setdefault(number, []).append(op)

    def parameter(self, name: str | None) -> Parameter | None:
        """The parameter of that name."""
        return self._parameters.get(name) if name is not None else None

    def vector(self, name: str | None, small: bool = False) -> Vector | Unknown:
        """Mean and variance of that parameter's elements."""
        parameter = self.parameter(name)
        return vector(parameter, small) if parameter is not None else Unknown(f"parameter `{name}` is not known")

    def width(self, name: str | None, index: int = 0) -> Scalar | None:
        """One size of that parameter's shape, where it is known."""
        parameter = self.parameter(name)
        if parameter is None or isinstance(parameter.shape, Unknown) or not parameter.shape:
            return None
        size = parameter.shape[index] if abs(index) <= len(parameter.shape) - (index >= 0) else None
        return None if isinstance(size, Unknown) else size

    def made(self, op: Op) -> bool:
        """Whether the op is computed of nothing that enters the model."""
        waiting, seen = [op], set()
        while waiting:
            each = waiting.pop()
            if each.id in seen:
                continue
            seen.add(each.id)
            if each.kind == "input" or (each.kind == "opaque" and not each.inputs):
                return False
            if each.name in _COUNTED:
                continue
            waiting += [self.ops[number] for number in each.inputs if number in self.ops]
        return True

    @cached_property
    def causal(self) -> bool:
        """Whether the forward compares positions with each other, or takes a triangle, as masks of the future do."""
        for op in self.graph.ops:
            if op.kind == "function" and op.name in _TRIANGLES and op.inputs:
                sides = {self.source(number) for number in op.inputs}
                if (op.name in _CUT or len(sides) > 1) and all(self.made(self.ops[number]) for number in sides):
                    return True
        return False

    def plain(self, number: int) -> bool:
        """Whether the op is computed of what enters the model, by no layer."""
        waiting = [number]
        seen: set[int] = set()
        while waiting:
            each = self.ops.get(waiting.pop())
            if each is None or each.id in seen:
                continue
            if each.kind == "layer" or len(seen) > _MOST_VISITED:
                return False
            seen.add(each.id)
            waiting += each.inputs
        return any(self.ops[each].kind == "input" for each in seen)

    def consumers(self, op: Op) -> list[Op]:
        """The ops that read its value."""
        return self._consumers.get(op.id, [])

    def source(self, number: int) -> int:
        """The op whose value this is, but for shape and dropout."""
        op = self.ops.get(number)
        while op is not None and op.kind in SAME and op.name not in SELECTS and len(op.inputs) == 1:
            number = op.inputs[0]
            op = self.ops.get(number)
        return number

    def behind(self, op: Op, through: frozenset[str] = SAME) -> Iterator[Op]:
        """The ops that read its value, and those that read what ops of the given kinds pass on, by default shape and
        dropout."""
        waiting, seen = [op], 0
        while waiting and seen < _MOST_VISITED:
            for each in self.consumers(waiting.pop()):
                seen += 1
                yield each
                if each.kind in through and each.name not in SELECTS | _PARTED | _HALVED:
                    waiting.append(each)

    def next_width(self, op: Op) -> Scalar | None:
        """The number of units at a position that the weight layer next behind takes, where there is one."""
        for each in self.behind(op, _SAME_WIDTH):
            if each.kind == "layer" and each.name in {"linear", "conv"}:
                size = self.width(each.weight, 1)
                groups = each.groups if each.name == "conv" else 1
                return None if size is None or isinstance(groups, Unknown) else multiply(size, groups)
        return None
