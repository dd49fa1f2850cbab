"""Models made by hand: a builder that adds one op a call and returns its id."""

from __future__ import annotations

import math

from initlint.ir.dim import Scalar, divide, multiply, power
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import ForwardGraph, Model, Module, Op, Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts
from initlint.signal.facts import Facts, LayerFact


def default(fan_in: Scalar) -> Initializer:
    """torch's default weight and bias: U(±1/√fan_in)."""
    root = power(divide(1, multiply(3, fan_in)) or 0, 0.5)
    assert root is not None
    return Initializer("PyTorch's default", "uniform", 0, root, "default")


def scaled(gain: float, fan_in: float) -> Initializer:
    """N(0, gain/fan_in): fan_in·Var(W) is ``gain``."""
    return Initializer("normal_", "normal", 0, math.sqrt(gain / fan_in))


def constant(value: float) -> Initializer:
    """All elements equal."""
    return Initializer("constant_", "constant", value, 0)


class Net:
    """Builds a model; each method adds an op behind the ones given and returns its id."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.parameters: list[Parameter] = []
        self.modules: list[Module] = []
        self.repeats: list[tuple[int, str]] = []

    def op(self, kind: str, name: str = "", *inputs: int, **fields: object) -> int:
        """Any op."""
        self.ops.append(Op(len(self.ops), kind, name, inputs, self._place(), **fields))  # type: ignore[arg-type]
        return len(self.ops) - 1

    def input(self) -> int:
        """A network input."""
        return self.op("input", "x")

    def fill(self, name: str, shape: tuple[Scalar, ...], *initializers: Initializer, layer: str = "") -> str:
        """A parameter; with several initialisers, any of them may win."""
        actions = tuple(InitAction(each, self._place()) for each in initializers)
        self.parameters.append(Parameter(name, shape, actions, actions, self._place(), layer))
        return name

    def linear(
        self, x: int, fan_in: Scalar = 64, fan_out: Scalar = 64, init: Initializer | None = None,
        bias: Initializer | str | None = None, name: str = "",
    ) -> int:  # fmt: skip
        """A linear layer; ``bias="default"`` gives it torch's default bias."""
        return self.layer(x, "linear", (fan_out, fan_in), init or default(fan_in), bias, fan_in, name)

    def conv(self, x: int, fan_in: Scalar = 64, fan_out: Scalar = 64, kernel: int = 3, gain: float = 2.0) -> int:
        """A square convolution without bias."""
        assert isinstance(fan_in, int)
        return self.layer(x, "conv", (fan_out, fan_in, kernel, kernel), scaled(gain, fan_in * kernel**2))

    def layer(
        self, x: int, kind: str, shape: tuple[Scalar, ...], init: Initializer, bias: Initializer | str | None = None,
        fan_in: Scalar = 1, name: str = "", **fields: object,
    ) -> int:  # fmt: skip
        """A weight layer with its module and parameters."""
        path = name or f"{kind}{len(self.ops)}"
        self.modules.append(Module(path, kind, f"torch.nn.{kind}", self._place()))
        weight = self.fill(f"{path}.weight", shape, init, layer=path)
        bias_name = None
        if bias is not None:
            filled = default(fan_in) if isinstance(bias, str) else bias
            bias_name = self.fill(f"{path}.bias", shape[:1], filled, layer=path)
        return self.op("layer", kind, x, module=path, weight=weight, bias=bias_name, **fields)

    def act(self, x: int, name: str = "relu", value: float | None = None) -> int:
        """An activation."""
        return self.op("activation", name, x, value=value)

    def norm(self, x: int, name: str = "batch", gamma: float = 1.0) -> int:
        """A norm with γ = ``gamma`` and β = 0."""
        path = f"norm{len(self.ops)}"
        weight = self.fill(f"{path}.weight", (64,), constant(gamma), layer=path)
        bias = self.fill(f"{path}.bias", (64,), constant(0.0), layer=path)
        return self.op("norm", name, x, module=path, weight=weight, bias=bias)

    def add(self, *inputs: int) -> int:
        """The sum."""
        return self.op("add", "", *inputs)

    def output(self, x: int) -> int:
        """A returned value."""
        return self.op("output", "", x)

    def model(self) -> Model:
        """The model so far; without an output op, the last op is returned."""
        if not any(op.kind == "output" for op in self.ops):
            self.output(len(self.ops) - 1)
        outputs = tuple(op.id for op in self.ops if op.kind == "output")
        graph = ForwardGraph(tuple(self.ops), outputs, tuple(self.repeats))
        return Model(
            "Net", "net.py", self._place(), True, tuple(self.modules), tuple(self.parameters), graph, frozenset()
        )

    def facts(self) -> Facts:
        """The facts of the model."""
        return facts(self.model())

    def _place(self) -> Place:
        return Place("net.py", 0, len(self.ops))


def layer(found: Facts, number: int) -> LayerFact:
    """The fact of the op of that id."""
    return next(fact for fact in found.layers if fact.op.id == number)


def plain(
    depth: int, activation: str, gain: float | None, width: int = 512, bias: bool = False, head: bool = True
) -> Net:
    """``depth`` square layers with an activation behind each and a linear head; without a gain, torch's defaults."""
    net = Net()
    x = net.input()
    init = scaled(gain, width) if gain is not None else None
    for _ in range(depth):
        x = net.act(net.linear(x, width, width, init, "default" if bias else None), activation)
    if head:
        net.linear(x, width, 10, scaled(1.0, width), name="head")
    return net


def number(value: float | Unknown) -> float:
    """The value, which must be known."""
    assert not isinstance(value, Unknown), value
    return value
