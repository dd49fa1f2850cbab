"""Building the forward graph while a forward is being run."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret.bounds import LimitReached
from initlint.interpret.hierarchy import is_module_class
from initlint.interpret.values import Obj, Tensor, Value
from initlint.ir.data import dataclass
from initlint.ir.dim import Scalar
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

MOST_OPS = 20_000


@dataclass(slots=True)
class Draft:
    """An op whose module and parameters are still objects; frozen to :class:`initlint.ir.model.Op` at the end."""

    kind: str
    name: str
    inputs: tuple[int, ...]
    place: Place
    module: Obj | None = None
    weight: Tensor | None = None
    bias: Tensor | None = None
    value: Scalar | Unknown | None = None
    stride: Scalar | Unknown = 1
    groups: Scalar | Unknown = 1
    repeat: str | None = None


class GraphBuilder:
    """Collects ops in the order in which they run."""

    def __init__(self, repeats: list[str]) -> None:
        self.drafts: list[Draft] = []
        self._repeats = repeats
        self._eithers: dict[tuple[int, ...], Tensor] = {}
        self._parameters: dict[int, int] = {}

    def emit(
        self,
        kind: str,
        name: str,
        inputs: Sequence[Tensor],
        place: Place,
        *,
        module: Obj | None = None,
        weight: Tensor | None = None,
        bias: Tensor | None = None,
        value: Scalar | Unknown | None = None,
        stride: Scalar | Unknown = 1,
        groups: Scalar | Unknown = 1,
    ) -> Tensor:
        """Add one op; the tensor it yields. A parameter among the inputs becomes a ``parameter`` op of its own."""
        ids = tuple(self.node(tensor, place) for tensor in inputs)
        repeat = self._repeats[-1] if self._repeats else None
        draft = Draft(kind, name, ids, place, module, weight, bias, value, stride, groups, repeat)
        return Tensor(place, node=self._append(draft))

    def repeat(self, draft: Draft) -> int:
        """Add an op that stands for one of the same kind with other inputs; its number."""
        if draft.kind != "either":
            return self._append(draft)
        if draft.inputs not in self._eithers:
            self._eithers[draft.inputs] = Tensor(draft.place, node=self._append(draft))
        number = self._eithers[draft.inputs].node
        assert number is not None
        return number

    def _append(self, draft: Draft) -> int:
        if self.full:
            raise LimitReached(f"more than {MOST_OPS} operations in one forward")
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def node(self, tensor: Tensor, place: Place) -> int:
        """The op that yields the tensor; for a parameter or a constant, an op that stands for it."""
        if tensor.node is not None:
            return tensor.node
        root = tensor.base or tensor
        if id(root) not in self._parameters:
            kind = "parameter" if root.data.get("parameter") or root.data.get("computed") else "constant"
            self.drafts.append(Draft(kind, "", (), place, weight=root))
            self._parameters[id(root)] = len(self.drafts) - 1
        return self._parameters[id(root)]

    @property
    def full(self) -> bool:
        """Whether it holds as many ops as we keep."""
        return len(self.drafts) >= MOST_OPS

    def tail(self, why: str, numbers: Sequence[int], place: Place) -> Tensor:
        """An opaque op, of the ops with these numbers, for all that was not read; it is kept also beyond the bound."""
        self.drafts.append(Draft("opaque", why, tuple(numbers), place))
        return Tensor(place, node=len(self.drafts) - 1)

    def emit_output(self, tensor: Tensor) -> None:
        """Add an ``output`` op; it is kept also beyond the bound."""
        self.drafts.append(Draft("output", "", (self.node(tensor, tensor.made),), tensor.made))

    def either(self, tensors: Sequence[Tensor], place: Place) -> Tensor:
        """The op that stands for one of several values."""
        key = tuple(tensor.node for tensor in tensors if tensor.node is not None)
        if key not in self._eithers:
            self._eithers[key] = self.emit("either", "", tensors, place)
        return self._eithers[key]


def tensors_in(value: Value, depth: int = 3) -> list[Tensor]:
    """All tensors inside a value (tuples, lists and dicts are looked into)."""
    if isinstance(value, Tensor):
        return [value]
    items: Sequence[Value] = ()
    if isinstance(value, tuple):
        items = value
    elif hasattr(value, "items") and not callable(value.items):
        items = value.items
    elif hasattr(value, "options"):
        items = value.options
    elif isinstance(value, Obj) and is_module_class(value.cls):
        return []
    elif hasattr(value, "data"):  # a dict, or an object that holds what a forward returns
        items = list(value.data.values())
    return [tensor for item in items for tensor in tensors_in(item, depth - 1)] if depth else []
