"""The transfer of each op: what it makes of the signals that enter it.

Independent random weights, wide layers, zero-mean Gaussian pre-activations (Poole et al. 2016). What can't be computed
so is an estimate that says so (``approximate``), or Unknown with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from initlint.ir.dim import Dim, Scalar
from initlint.ir.model import Model, Op, Parameter
from initlint.ir.unknown import Unknown
from initlint.signal import activations
from initlint.signal.quadrature import expectation
from initlint.signal.signal import INPUT, Flow, Signal, added, agree, bounded, estimated, joined, multiplied
from initlint.signal.weights import ONE, ZERO, Vector, fans, product, vector, weight_variance

LINEAR = frozenset({"linear", "conv", "conv_transpose", "matmul"})
# torch's default for batch, layer, group and instance norm.
_EPSILON = 1e-5
# Written out by hand: x · gate(x).
_SELF_GATED = {"sigmoid": "silu", "hardsigmoid": "hardswish"}
# Tensors made in the forward.
_FILLED = {"zeros": 0.0, "zeros_like": 0.0, "ones": 1.0, "ones_like": 1.0}
# The number of elements that a pool of unknown window is taken to choose from.
_WINDOW = 4


class Transfer:
    """The transfer functions of one model's ops."""

    def __init__(self, model: Model, ops: Mapping[int, Op]) -> None:
        self._ops = ops
        self._parameters = {parameter.name: parameter for parameter in (*model.parameters, *model.computed)}

    def parameter(self, name: str | None) -> Parameter | None:
        """The parameter of that name."""
        return self._parameters.get(name) if name is not None else None

    def value(self, op: Op) -> Flow:
        """The signal of an op that has no inputs: the input, a parameter, a constant."""
        match op.kind:
            case "input":
                return INPUT
            case "parameter":
                found = self._vector(op.weight)
                if isinstance(found, Unknown):
                    return found
                return Signal(found.second, 0.0, found.mean, found.approximate)
            case "constant":
                value = op.value if op.value is not None else _FILLED.get(op.name)
                if isinstance(value, (int, float)):
                    return Signal(float(value) ** 2, 0.0, float(value))
                return Unknown("a constant that is not known")
        return Unknown(f"an op `{op.kind}` without inputs")

    def apply(self, op: Op, signals: Mapping[int, Flow]) -> Flow:
        """The signal behind ``op``, given those of its inputs; parameters and constants are looked up."""
        if not op.inputs:
            return self.value(op) if op.kind != "layer" else Unknown(f"a {op.name} layer without input")
        if op.kind == "mul":
            gated = self.self_gate(op)
            if gated is not None:
                return self._activation(gated[1], None, self._of(gated[0], signals))
        flows = [self._of(number, signals) for number in op.inputs]
        if op.kind == "norm":
            return self._norm(op, flows[0])
        if op.kind == "layer" and op.name == "embedding":
            return self._embedding(op)
        known = [flow for flow in flows if isinstance(flow, Signal)]
        if len(known) < len(flows) and not (op.kind == "layer" and known and flows[0] is known[0]):
            return next(flow for flow in flows if isinstance(flow, Unknown))
        match op.kind:
            case "layer":
                return self._layer(op, known[0])
            case "activation":
                return self._activation(op.name, op, known[0])
            case "dropout" | "reshape" | "resample" | "output":
                return known[0]
            case "pool" | "reduce":
                return _pool(op, known[0])
            case "add" | "sub" | "mul" | "div":
                return _elementwise(op, known)
            case "cat" | "stack":
                return joined(known)
            case "either":
                if all(agree(known[0], other) for other in known[1:]):
                    return replace(known[0], approximate=any(each.approximate for each in known))
                return Unknown("the signal depends on a condition that is not known", op.place)
        return Unknown(f"the signal behind {op.name or op.kind} is not known", op.place)

    def slope(self, op: Op, before: Signal) -> float | Unknown:
        """The factor of the gradient's second moment from behind a one-input op to before it."""
        if op.kind == "mul":
            gated = self.self_gate(op)
            if gated is not None:
                return activations.moments(gated[1], before.second).slope
        if op.kind == "activation" and op.name != "identity":
            argument = self._argument(op)
            if isinstance(argument, Unknown):
                return argument
            if not activations.known(op.name):
                return Unknown(f"the slope of {op.name} is not known", op.place)
            return activations.moments(op.name, before.second, argument).slope
        if op.kind == "matmul":
            return Unknown("the slope of a product with an input is not known", op.place)
        if op.kind in {"mul", "div"}:
            after = self.apply(op, {number: Signal(1.0, 1.0) for number in self.carriers(op)})
            return after.across if isinstance(after, Signal) else after
        return 1.0

    def carriers(self, op: Op) -> tuple[int, ...]:
        """The inputs that carry a signal: not parameters or constants."""
        return tuple(i for i in op.inputs if i not in self._ops or self._ops[i].kind not in {"parameter", "constant"})

    def self_gate(self, op: Op) -> tuple[int, str] | None:
        """For ``x * sigmoid(x)`` and its like, written out: x's op and the activation that the whole amounts to."""
        if len(op.inputs) != 2:
            return None
        for plain, gate in (op.inputs, op.inputs[::-1]):
            maker = self._ops.get(gate)
            if maker is None or maker.kind != "activation" or len(maker.inputs) != 1:
                continue
            if maker.inputs[0] == plain and maker.name in _SELF_GATED:
                return plain, _SELF_GATED[maker.name]
            inner = self._ops.get(maker.inputs[0])
            if maker.name == "tanh" and inner is not None and inner.name == "softplus" and inner.inputs == (plain,):
                return plain, "mish"
        return None

    def _of(self, number: int, signals: Mapping[int, Flow]) -> Flow:
        found = signals.get(number)
        if found is not None:
            return found
        op = self._ops.get(number)
        if op is None or op.inputs:
            return Unknown("an input that is not in the graph")
        return self.value(op)

    def _vector(self, name: str | None, small: bool = False) -> Vector | Unknown:
        parameter = self.parameter(name)
        return vector(parameter, small) if parameter is not None else Unknown(f"parameter `{name}` is not known")

    def _layer(self, op: Op, before: Signal) -> Flow:
        weight = self.parameter(op.weight)
        if op.name not in LINEAR or weight is None:
            return Unknown(f"the signal behind a {op.name} layer is not computed", op.place)
        gain = product(fans(op, weight)[0], weight_variance(weight))
        bias = self._vector(op.bias, small=True) if op.bias is not None else ZERO
        if isinstance(gain, Unknown):
            return gain
        if isinstance(bias, Unknown):
            return bias
        if isinstance(gain, Dim):
            return Unknown(f"the gain {gain} depends on sizes that are not known", op.place)
        return Signal(
            bounded(gain * before.second + bias.second, alive=gain > 0 and before.second > 0),
            bounded(gain * before.across, alive=gain > 0 and before.across > 0),
            bias.mean,
            before.approximate or bias.approximate,
        )

    def _embedding(self, op: Op) -> Flow:
        found = self._vector(op.weight)
        if isinstance(found, Unknown):
            return found
        return Signal(found.second, found.variance, found.mean)

    def _argument(self, op: Op | None) -> float | Unknown | None:
        if op is None or not activations.takes_argument(op.name):
            return None
        value: Scalar | Unknown | None = op.value
        if value is None and op.name == "prelu" and op.weight is not None:
            slope = self._vector(op.weight)
            return slope if isinstance(slope, Unknown) else slope.mean
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Dim):
            return Unknown(f"the argument of {op.name} is {value}")
        return float(value) if value is not None else None

    def _activation(self, name: str, op: Op | None, before: Flow) -> Flow:
        if isinstance(before, Unknown) or name == "identity":
            return before
        if name == "glu":
            gate = self._activation("sigmoid", None, before)
            return gate if isinstance(gate, Unknown) else multiplied(before, gate)
        argument = self._argument(op)
        if isinstance(argument, Unknown):
            return argument
        if not activations.known(name):
            return Unknown(f"the moments of {name} are not known", op.place if op is not None else None)
        found = activations.moments(name, before.second, argument)
        apart = activations.across(name, before.second, before.across, argument)
        return Signal(
            bounded(found.second, alive=found.second > 0),
            bounded(apart, alive=apart > 0),
            found.mean,
            before.approximate or not before.centred,
        )

    def _norm(self, op: Op, before: Flow) -> Flow:
        gamma, beta = self._affine(op, op.weight, "weight", ONE), self._affine(op, op.bias, "bias", ZERO)
        if op.name in {"local", "l2"}:
            if isinstance(before, Unknown) or op.name == "l2":
                return Unknown(f"the scale behind {op.name} norm is not known", op.place)
            return estimated(before)
        if isinstance(gamma, Unknown):
            return gamma
        if isinstance(beta, Unknown):
            return beta
        if isinstance(before, Unknown):
            return Signal(gamma.second + beta.second, gamma.second, beta.mean)
        if op.name in {"batch", "instance"}:
            share = second = before.across / (before.across + _EPSILON)
            mean = beta.mean
        else:
            centre = 0.0 if op.name == "rms" else before.mean
            removed = max(before.second - centre * centre, before.across)
            share = before.across / (removed + _EPSILON)
            second = removed / (removed + _EPSILON)
            mean = beta.mean + (gamma.mean * before.mean / math.sqrt(removed + _EPSILON) if op.name == "rms" else 0.0)
        rough = before.approximate and op.name not in {"batch", "instance"}
        return Signal(gamma.second * second + beta.second, gamma.second * share, mean, rough)

    def _affine(self, op: Op, name: str | None, role: str, default: Vector) -> Vector | Unknown:
        if name is None and op.module is not None and f"{op.module}.{role}" in self._parameters:
            name = f"{op.module}.{role}"
        return self._vector(name) if name is not None else default


def _elementwise(op: Op, flows: Sequence[Signal]) -> Flow:
    first = flows[0]
    if len(flows) == 1:
        if op.value is None:
            return first
        if isinstance(op.value, Unknown):
            return op.value
        if isinstance(op.value, Dim):
            return Unknown(f"the factor {op.value} is not a number", op.place)
        value = float(op.value)
        if op.kind in {"add", "sub"}:
            return added(first, Signal(value * value, 0.0, value if op.kind == "add" else -value))
        if op.kind == "div" and value == 0:
            return Unknown("a division by zero", op.place)
        return first.scaled(value if op.kind == "mul" else 1 / value)
    twice = len(flows) == 2 and op.inputs[0] == op.inputs[1]
    match op.kind:
        case "add" if twice:
            return first.scaled(2.0)
        case "mul" if twice:
            # The square of a zero-mean Gaussian: E u²v² = q² + 2(qc)².
            apart = 2 * first.across * (2 * first.second - first.across)
            return Signal(3 * first.second**2, apart, first.second, first.approximate or not first.centred)
        case "add" | "mul":
            result = first
            for other in flows[1:]:
                result = added(result, other) if op.kind == "add" else multiplied(result, other)
            return result
        case "sub" if not twice:
            return added(first, flows[1].scaled(-1.0))
    return Unknown(f"the signal behind {op.kind} of two values is not computed", op.place)


def _pool(op: Op, before: Signal) -> Flow:
    """An estimate that rather over- than under-estimates what survives: neighbours are taken to be alike in an average,
    and different, as far as inputs differ, in a maximum."""
    if op.name == "sum":
        return Unknown("a sum over a number of elements that is not known", op.place)
    if "max" not in op.name:
        return estimated(before)
    window = op.value if isinstance(op.value, (int, float)) and op.name == "max" and op.kind == "pool" else _WINDOW
    grown = _largest_of(max(float(window), 1.0))
    if before.centred:
        second, across = before.second + before.across * (grown - 1), before.across
    else:
        # Behind a ReLU half the elements are zero, and a maximum over several skips them.
        factor = min(2 * grown, float(window))
        second, across = before.second + before.across * (factor - 1), before.across * min(2.0, factor)
    mean = math.sqrt(max(0.0, min(before.mean**2 + (second - before.second), second)))
    return Signal(bounded(second, before.second > 0), bounded(min(across, second), before.across > 0), mean, True)


@lru_cache(maxsize=256)
def _largest_of(count: float) -> float:
    """E z² for z the largest of ``count`` independent standard Gaussians."""

    def density(z: float) -> float:
        below: float = (0.5 * math.erfc(-z / math.sqrt(2))) ** (count - 1)
        return z * z * count * below

    return expectation(density, (1.0, 2.0, 3.0), 1.0)
