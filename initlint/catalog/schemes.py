"""The initialisation functions themselves: what each leaves in a tensor of a given shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Union

from initlint.catalog import distributions
from initlint.catalog.arithmetic import (
    Number,
    absolute,
    add,
    divide,
    less,
    maximum,
    multiply,
    power,
    product,
    sqrt,
)  # fmt: skip
from initlint.catalog.distributions import Shape, fans, truncated_normal
from initlint.catalog.gain import InitError, calculate_gain
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown

Outcome = Union[Initializer, InitError]
_NO_FANS = "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: its name in messages, its bound arguments and the shape of the tensor."""

    call: str
    arguments: Mapping[str, object]
    shape: Shape | Unknown

    def number(self, name: str) -> Number:
        """An argument as a number."""
        value = self.arguments[name]
        return value if isinstance(value, (int, float, Dim, Unknown)) else Unknown(f"the value of {name}")


def _needs(request: Request, ranks: range, message: str) -> InitError | None:
    """The error for a tensor whose number of dimensions is known and not among ``ranks``."""
    if isinstance(request.shape, Unknown) or len(request.shape) in ranks:
        return None
    return InitError("too-few-dimensions", message)


_MANY = 1000


def _normal(request: Request) -> Outcome:
    std = request.number("std")
    if less(std, 0) is True:
        return InitError("bad-argument", f"normal expects std >= 0.0, but found std {std}", "RuntimeError")
    return distributions.normal(request.call, request.number("mean"), std)


def _uniform(request: Request) -> Outcome:
    low, high = request.number("a"), request.number("b")
    if less(high, low) is True:
        message = f"uniform_ expects to return a [from, to) range, but found from={low} > to={high}"
        return InitError("bad-argument", message, "RuntimeError")
    return distributions.uniform(request.call, low, high)


def _truncated(request: Request) -> Outcome:
    std = request.number("std")
    if std == 0:
        return InitError("bad-argument", "float division by zero", "ZeroDivisionError")
    return truncated_normal(request.call, request.number("mean"), std, request.number("a"), request.number("b"))


def _truncated_standard(request: Request) -> Outcome:
    """timm's trunc_normal_tf_: the bounds are in standard deviations."""
    drawn = truncated_normal(request.call, 0, 1, request.number("a"), request.number("b"))
    mean, std = request.number("mean"), request.number("std")
    shifted = mean if drawn.mean == 0 else add(mean, multiply(std, drawn.mean))
    return replace(drawn, mean=shifted, std=multiply(absolute(std), drawn.std))


def _constant(request: Request) -> Outcome:
    return distributions.constant(request.call, request.number("val"))


def _ones(request: Request) -> Outcome:
    return distributions.constant(request.call, 1)


def _zeros(request: Request) -> Outcome:
    return distributions.constant(request.call, 0)


def _eye(request: Request) -> Outcome:
    error = _needs(request, range(2, 3), "Only tensors with 2 dimensions are supported")
    if error is not None:
        return error
    if isinstance(request.shape, Unknown):
        return Initializer(request.call, "eye", request.shape, request.shape)
    return distributions.bernoulli(request.call, "eye", power(maximum(*request.shape), -1))


def _dirac(request: Request) -> Outcome:
    error = _needs(request, range(3, 6), "Only tensors with 3, 4, or 5 dimensions are supported")
    if error is not None:
        return error
    shape, groups = request.shape, request.number("groups")
    if isinstance(shape, Unknown):
        return Initializer(request.call, "dirac", shape, shape)
    rows = divide(shape[0], groups)
    if isinstance(shape[0], int) and isinstance(groups, int) and groups and shape[0] % groups:
        return InitError("bad-argument", "dim 0 must be divisible by groups")
    # min(rows, shape[1]) ones in each of the groups, out of groups · rows · shape[1] · field elements.
    share = power(multiply(maximum(rows, shape[1]), product(shape[2:])), -1)
    return distributions.bernoulli(request.call, "dirac", share)


def _xavier(request: Request) -> Outcome | tuple[Number, Number]:
    """Standard deviation gain·√(2 / (fan_in + fan_out)), Glorot and Bengio (2010), equation 16; and the gain."""
    error = _needs(request, range(2, _MANY), _NO_FANS)
    if error is not None:
        return error
    gain = request.number("gain")
    if isinstance(request.shape, Unknown):
        return request.shape, gain
    total = add(*fans(request.shape))
    if total == 0:
        return InitError("bad-argument", "float division by zero", "ZeroDivisionError")
    return multiply(gain, sqrt(divide(2, total))), gain


def _scaled(request: Request, family: str, scheme: str, found: Outcome | tuple[Number, Number]) -> Outcome:
    if isinstance(found, tuple):
        return Initializer(request.call, family, 0, absolute(found[0]), scheme, found[1])
    return found


def _xavier_uniform(request: Request) -> Outcome:
    return _scaled(request, "uniform", "xavier", _xavier(request))


def _xavier_normal(request: Request) -> Outcome:
    return _scaled(request, "normal", "xavier", _xavier(request))


def _fan(request: Request, mode: object) -> Number | InitError:
    if isinstance(mode, str) and mode.lower() not in {"fan_in", "fan_out"}:
        message = f"Mode {mode.lower()} not supported, please use one of ['fan_in', 'fan_out']"
        return InitError("bad-argument", message)
    error = _needs(request, range(2, _MANY), _NO_FANS)
    if error is not None:
        return error
    if isinstance(request.shape, Unknown):
        return request.shape
    if not isinstance(mode, str):
        return Unknown("the fan mode")
    return fans(request.shape)[0 if mode.lower() == "fan_in" else 1]


def _kaiming(request: Request, family: str) -> Outcome:
    """Standard deviation gain / √fan, He et al. (2015)."""
    nonlinearity, mode = request.arguments["nonlinearity"], request.arguments["mode"]
    if isinstance(request.shape, tuple) and 0 in request.shape:
        return Initializer(request.call, "loaded")  # torch leaves a tensor without elements alone
    fan = _fan(request, mode)
    if isinstance(fan, InitError):
        return fan
    slope = request.arguments["a"]
    gain = calculate_gain(nonlinearity, slope)
    if isinstance(gain, InitError):
        return gain
    return Initializer(
        request.call, family, 0, multiply(gain, power(fan, -0.5)), "kaiming", gain,
        nonlinearity if isinstance(nonlinearity, str) else None,
        request.number("a") if nonlinearity == "leaky_relu" else None,
        mode.lower() if isinstance(mode, str) else None,
    )  # fmt: skip


def _kaiming_uniform(request: Request) -> Outcome:
    return _kaiming(request, "uniform")


def _kaiming_normal(request: Request) -> Outcome:
    return _kaiming(request, "normal")


def _orthogonal(request: Request) -> Outcome:
    """Orthonormal columns (or rows), so an element's mean square is gain² / max(rows, columns); Saxe et al. (2014)."""
    error = _needs(request, range(2, _MANY), "Only tensors with 2 or more dimensions are supported")
    if error is not None:
        return error
    gain = request.number("gain")
    if isinstance(request.shape, Unknown):
        return Initializer(request.call, "orthogonal", 0, request.shape, "", gain)
    longest = maximum(request.shape[0], product(request.shape[1:]))
    return Initializer(request.call, "orthogonal", 0, multiply(absolute(gain), power(longest, -0.5)), "", gain)


def _sparse(request: Request) -> Outcome:
    """Martens (2010): in each column, a fixed share of zeros among normal values."""
    error = _needs(request, range(2, 3), "Only tensors with 2 dimensions are supported")
    if error is not None:
        return error
    sparsity, std = request.number("sparsity"), request.number("std")
    rows = request.shape if isinstance(request.shape, Unknown) else request.shape[0]
    if not isinstance(rows, int) or not isinstance(sparsity, (int, float)) or not rows:
        return Initializer(request.call, "sparse", 0, Unknown("how many elements of a column are zero"))
    left = max(rows - math.ceil(sparsity * rows), 0) / rows
    return Initializer(request.call, "sparse", 0, multiply(std, math.sqrt(left)))


def _variance_scaling(request: Request) -> Outcome:
    """timm's variance_scaling_ (after TensorFlow's): variance scale / fan, the fan chosen by ``mode``."""
    error = _needs(request, range(2, _MANY), _NO_FANS)
    if error is not None:
        return error
    mode, distribution, scale = request.arguments["mode"], request.arguments["distribution"], request.number("scale")
    families = {"truncated_normal": "truncated_normal", "normal": "normal", "uniform": "uniform"}
    if isinstance(distribution, str) and distribution not in families:
        return InitError("bad-argument", f"invalid distribution {distribution}")
    if isinstance(mode, str) and mode not in {"fan_in", "fan_out", "fan_avg"}:
        message = "cannot access local variable 'denom' where it is not associated with a value"
        return InitError("bad-argument", message, "UnboundLocalError")
    fan: Number
    if isinstance(request.shape, Unknown) or not isinstance(mode, str):
        fan = Unknown("the fan")
    else:
        fan_in, fan_out = fans(request.shape)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": divide(add(fan_in, fan_out), 2)}[mode]
    scheme = {("fan_in", 1): "lecun", ("fan_avg", 1): "xavier"}.get((str(mode), 1 if scale == 1 else 0), "kaiming")
    family = families[distribution] if isinstance(distribution, str) else "unknown"
    std, gain = sqrt(divide(scale, fan)), sqrt(scale)
    return Initializer(
        request.call, family, 0, std, scheme, gain, None, None, str(mode) if scheme == "kaiming" else None
    )


def _lecun_normal(request: Request) -> Outcome:
    arguments = {"scale": 1.0, "mode": "fan_in", "distribution": "truncated_normal"}
    return _variance_scaling(replace(request, arguments=arguments))


def _exponential(request: Request) -> Outcome:
    """Mean and standard deviation 1/λ; no family of ours."""
    scale = power(request.number("lambd"), -1)
    return Initializer(request.call, "unknown", scale, scale)


def _bernoulli(request: Request) -> Outcome:
    return distributions.bernoulli(request.call, "unknown", request.number("p"))


def _other(request: Request) -> Outcome:
    return distributions.unknown(request.call, f"the distribution of {request.call}")


SCHEMES: dict[str, Callable[[Request], Outcome]] = {
    "normal": _normal,
    "uniform": _uniform,
    "truncated_normal": _truncated,
    "truncated_standard_normal": _truncated_standard,
    "constant": _constant,
    "ones": _ones,
    "zeros": _zeros,
    "eye": _eye,
    "dirac": _dirac,
    "xavier_uniform": _xavier_uniform,
    "xavier_normal": _xavier_normal,
    "kaiming_uniform": _kaiming_uniform,
    "kaiming_normal": _kaiming_normal,
    "orthogonal": _orthogonal,
    "sparse": _sparse,
    "variance_scaling": _variance_scaling,
    "lecun_normal": _lecun_normal,
    "exponential": _exponential,
    "bernoulli": _bernoulli,
    "other": _other,
}
