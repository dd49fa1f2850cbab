"""``torch.nn.init.calculate_gain``, and the error that an initialiser call ends in.

https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.calculate_gain
"""

from __future__ import annotations

import math

from initlint.catalog.arithmetic import Number, add, divide, multiply, sqrt
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.unknown import Unknown


@dataclass(frozen=True, slots=True)
class InitError:
    """A call that raises: ``kind`` is ``too-few-dimensions`` (or any wrong number of them) or ``bad-argument``,
    ``message`` what torch says, ``exception`` the class that it raises."""

    kind: str
    message: str
    exception: str = "ValueError"


# https://github.com/pytorch/pytorch/blob/main/torch/nn/init.py
GAINS: dict[str, float] = {
    "linear": 1.0,
    "conv1d": 1.0,
    "conv2d": 1.0,
    "conv3d": 1.0,
    "conv_transpose1d": 1.0,
    "conv_transpose2d": 1.0,
    "conv_transpose3d": 1.0,
    "sigmoid": 1.0,
    "tanh": 5 / 3,
    "relu": math.sqrt(2),
    "selu": 3 / 4,
}
DEFAULT_SLOPE = 0.01


def calculate_gain(nonlinearity: object, param: object = None) -> Number | InitError:
    """The gain for a nonlinearity; Unknown where an argument is. InitError where torch raises ValueError, as it does
    for every nonlinearity without an entry (gelu, silu, elu …)."""
    if isinstance(nonlinearity, str) and nonlinearity in GAINS:
        return GAINS[nonlinearity]
    if nonlinearity == "leaky_relu":
        if param is None:
            return leaky_gain(DEFAULT_SLOPE)
        if isinstance(param, (str, bool)):
            return InitError("bad-argument", f"negative_slope {param} not a valid number")
        return leaky_gain(param) if isinstance(param, (int, float, Dim, Unknown)) else Unknown("the negative slope")
    if isinstance(nonlinearity, str) or nonlinearity is None:
        return InitError("bad-argument", f"Unsupported nonlinearity {nonlinearity}")
    return nonlinearity if isinstance(nonlinearity, Unknown) else Unknown("the nonlinearity")


def leaky_gain(slope: Number) -> Number:
    """√(2 / (1 + slope²)), He et al. (2015), equation 15."""
    return sqrt(divide(2, add(1, multiply(slope, slope))))
