"""What a function or a tensor method does in a forward pass."""

from __future__ import annotations

from collections.abc import Mapping

from initlint.catalog.arithmetic import Number
from initlint.catalog.expression import evaluate
from initlint.catalog.signature import Required, Signature
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.unknown import Unknown

KINDS = frozenset(
    [
        "layer",
        "activation",
        "norm",
        "dropout",
        "pool",
        "reshape",
        "resample",
        "add",
        "sub",
        "mul",
        "div",
        "matmul",
        "cat",
        "stack",
        "softmax",
        "reduce",
        "either",
        "opaque",
    ]
)


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """A function on tensors as an op of the forward graph.

    ``kind`` and ``name`` are the op's. Its inputs are the ``inputs`` positional arguments from number ``skip`` on (the
    tensor whose method is called counts as number 0); ``"list"`` says that argument number ``skip`` is a sequence of
    tensors, ``"rest"`` that all arguments from ``skip`` on are (a sequence among them standing for its items).
    ``signature`` is given where arguments matter; ``value``, ``weight`` and ``bias`` are names in it. ``multiple`` says
    that it returns several tensors (``multiple_with_dim``: only if a dim is given), ``inplace`` that it writes to its
    first. ``measure`` is the expression that gives the op's value where that is not simply the argument ``value``.
    """

    path: str
    kind: str
    name: str
    inputs: int | str = 1
    skip: int = 0
    signature: Signature = ()
    value: str | None = None
    weight: str | None = None
    bias: str | None = None
    multiple: bool = False
    multiple_with_dim: bool = False
    inplace: bool = False
    measure: str | None = None

    def value_of(self, arguments: Mapping[str, object]) -> Number | None:
        """The op's value, given (some of) the arguments by name; None where the op has none."""
        expression = self.measure or self.value
        if expression is None:
            return None
        defaults = {
            parameter.name: Unknown(f"the argument {parameter.name}")
            if isinstance(parameter.default, Required)
            else parameter.default
            for parameter in self.signature
        }
        value = evaluate(expression, {**defaults, **arguments})
        return value if isinstance(value, (int, float, Dim, Unknown)) else None
