"""Activation functions, their derivatives and their kinks: the table from which all moments are computed.

Definitions: https://pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity. A test holds
every row against torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from initlint.ir.data import dataclass

Real = Callable[[float], float]

SELU_SCALE = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772
# RReLU in evaluation uses the mean of its bounds, 1/8 and 1/3.
RRELU_SLOPE = (1 / 8 + 1 / 3) / 2
# Of the Gaussian: its density at 0, and √½.
_DENSITY = 1 / math.sqrt(2 * math.pi)
_ROOT_HALF = math.sqrt(0.5)


@dataclass(frozen=True, slots=True)
class Function:
    """An activation φ: ``value`` is φ, ``slope`` φ', ``kinks`` where φ' or φ'' jumps."""

    value: Real
    slope: Real
    kinks: tuple[float, ...] = ()


def _sigmoid(x: float) -> float:
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    e = math.exp(x)
    return e / (1 + e)


def _sigmoid_slope(x: float) -> float:
    e = math.exp(-abs(x))
    return e / (1 + e) ** 2


def _tanh_slope(x: float) -> float:
    # 1 - tanh² cancels where tanh is near 1.
    return 4 * _sigmoid_slope(2 * x)


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _density(x: float) -> float:
    return _DENSITY * math.exp(-0.5 * x * x) if abs(x) < 38 else 0.0


def _phi(x: float) -> float:
    return 0.5 * math.erfc(-_ROOT_HALF * x)


def _mish_slope(x: float) -> float:
    gate = math.tanh(_softplus(x))
    return gate + x * (1 - gate * gate) * _sigmoid(x)


def _soft_slope(x: float) -> float:
    return 1 / (1 + abs(x)) ** 2


def _elu(alpha: float, scale: float = 1.0, stretch: float = 1.0) -> Function:
    """``scale·x`` above 0 and ``scale·alpha·(e^(x/stretch) - 1)`` below."""
    return Function(
        lambda x: scale * x if x > 0 else scale * alpha * math.expm1(x / stretch),
        lambda x: scale if x > 0 else scale * alpha / stretch * math.exp(x / stretch),
        (0.0,),
    )


def _softplus_of(beta: float) -> Function:
    return Function(lambda x: _softplus(beta * x) / beta, lambda x: _sigmoid(beta * x))


def _shrink(bound: float) -> Function:
    return Function(
        lambda x: x - math.copysign(bound, x) if abs(x) > bound else 0.0,
        lambda x: 1.0 if abs(x) > bound else 0.0,
        (-bound, bound),
    )


def clipped(low: float, high: float, scale: float = 1.0, shift: float = 0.0) -> Function:
    """``scale·x + shift`` where x lies between ``low`` and ``high``, else its value at the bound."""
    return Function(
        lambda x: scale * min(max(x, low), high) + shift,
        lambda x: scale if low < x < high else 0.0,
        (low, high),
    )


FIXED: dict[str, Function] = {
    "tanh": Function(math.tanh, _tanh_slope),
    "sigmoid": Function(_sigmoid, _sigmoid_slope),
    "gelu": Function(lambda x: x * _phi(x), lambda x: _phi(x) + x * _density(x)),
    "quick_gelu": Function(
        lambda x: x * _sigmoid(1.702 * x), lambda x: _sigmoid(1.702 * x) + 1.702 * x * _sigmoid_slope(1.702 * x)
    ),
    "silu": Function(lambda x: x * _sigmoid(x), lambda x: _sigmoid(x) + x * _sigmoid_slope(x)),
    "mish": Function(lambda x: x * math.tanh(_softplus(x)), _mish_slope),
    "selu": _elu(SELU_ALPHA, SELU_SCALE),
    "relu6": clipped(0.0, 6.0),
    "hardsigmoid": clipped(-3.0, 3.0, 1 / 6, 0.5),
    "hardswish": Function(
        lambda x: x * min(max(x + 3, 0.0), 6.0) / 6,
        lambda x: 0.0 if x <= -3 else (1.0 if x >= 3 else (2 * x + 3) / 6),
        (-3.0, 3.0),
    ),
    "softsign": Function(lambda x: x / (1 + abs(x)), _soft_slope, (0.0,)),
    "tanhshrink": Function(lambda x: x - math.tanh(x), lambda x: math.tanh(x) ** 2),
    "logsigmoid": Function(lambda x: -_softplus(-x), lambda x: _sigmoid(-x)),
    "relu_squared": Function(lambda x: max(x, 0.0) ** 2, lambda x: 2 * max(x, 0.0), (0.0,)),
}

# Those that take an argument, with its default.
SHAPED: dict[str, tuple[float, Callable[[float], Function]]] = {
    "elu": (1.0, _elu),
    "celu": (1.0, lambda alpha: _elu(alpha, stretch=alpha)),
    "softplus": (1.0, _softplus_of),
    "hardtanh": (1.0, lambda bound: clipped(-abs(bound), abs(bound))),
    "softshrink": (0.5, _shrink),
}

# Slope on the negative side; the argument replaces it where there is one.
LEAKY: dict[str, float] = {
    "relu": 0.0, "leaky_relu": 0.01, "prelu": 0.25, "rrelu": RRELU_SLOPE, "identity": 1.0, "abs": -1.0,
}  # fmt: skip
TAKES_SLOPE = frozenset({"leaky_relu", "prelu", "rrelu"})

ALIASES = {
    "swish": "silu", "sin": "sine", "cos": "cosine", "none": "identity", "linear": "identity", "gelu_tanh": "gelu",
    "gelu_new": "gelu", "gelu_fast": "gelu", "hard_swish": "hardswish", "hard_sigmoid": "hardsigmoid",
    "hard_tanh": "hardtanh", "leakyrelu": "leaky_relu", "log_sigmoid": "logsigmoid", "relu2": "relu_squared",
    "squared_relu": "relu_squared",
}  # fmt: skip
