"""Scales of parameters: effective fans, variances and second moments, exact where symbols cancel."""

from __future__ import annotations

from initlint.ir import dim
from initlint.ir.data import dataclass
from initlint.ir.dim import Dim, Scalar
from initlint.ir.initializer import Initializer
from initlint.ir.model import Op, Parameter
from initlint.ir.unknown import Unknown

# The layers that multiply what enters them by one matrix, and sum.
LINEAR = frozenset({"linear", "conv", "conv_transpose", "matmul"})
# The size that a symbol is given where only a small correction depends on it (the variance of a default bias).
_TYPICAL_SIZE = 128
_LARGEST_EXPONENT = 20


@dataclass(frozen=True, slots=True)
class Vector:
    """A parameter with one value per unit (a bias, a norm's γ): its mean and variance over units."""

    mean: float
    variance: float
    approximate: bool = False

    @property
    def second(self) -> float:
        """E v²."""
        return self.mean * self.mean + self.variance


ZERO = Vector(0.0, 0.0)
ONE = Vector(1.0, 0.0)


def product(*values: Scalar | Unknown) -> Scalar | Unknown:
    """The product, or the first Unknown."""
    result: Scalar = 1
    for value in values:
        if isinstance(value, Unknown):
            return value
        result = dim.multiply(result, value)
    return result


def quotient(a: Scalar | Unknown, b: Scalar | Unknown) -> Scalar | Unknown:
    """``a / b``, or Unknown."""
    if isinstance(a, Unknown):
        return a
    if isinstance(b, Unknown):
        return b
    result = dim.divide(a, b)
    if result is None:
        return Unknown("a division by zero")
    # Fans of whole numbers stay whole numbers, so that they print as such.
    return int(result) if isinstance(result, float) and result.is_integer() else result


def fans(op: Op, weight: Parameter) -> tuple[Scalar | Unknown, Scalar | Unknown]:
    """The effective fans: how many inputs are summed into one unit, and how many units one input feeds.

    An input of a strided convolution lies under 1/stride of the kernel's positions, as does an output of a strided
    transposed one; weight layouts are torch.nn's. A bare matrix is taken as (in, out).
    """
    shape = weight.shape
    if isinstance(shape, Unknown):
        return shape, shape
    least = 3 if op.name == "bilinear" else 1 if op.name in {"embedding", "matmul"} else 2
    if len(shape) < least:
        why = Unknown(f"a {op.name} weight of {len(shape)} dimensions")
        return why, why
    match op.name:
        case "conv":
            kernel = product(*shape[2:])
            return product(shape[1], kernel), quotient(product(quotient(shape[0], op.groups), kernel), op.stride)
        case "conv_transpose":
            kernel = product(*shape[2:])
            return quotient(product(quotient(shape[0], op.groups), kernel), op.stride), product(shape[1], kernel)
        case "embedding":
            return 1, product(*shape[1:])
        case "matmul":
            return (shape[0], 1) if len(shape) == 1 else (shape[-2], shape[-1])
        case "bilinear":
            return product(shape[1], shape[2]), shape[0]
        case _:
            return product(*shape[1:]), shape[0]


def _same(a: Scalar | Unknown, b: Scalar | Unknown) -> bool:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return False
    if isinstance(a, Dim) or isinstance(b, Dim):
        return a == b
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def distribution(parameter: Parameter) -> Initializer | Unknown:
    """The one distribution of the parameter; Unknown where several of different mean or scale are possible."""
    found = parameter.initializers
    if not found:
        return Unknown(f"`{parameter.name}` has no known initial value")
    for each in found:
        if not each.known:
            return Unknown(f"`{parameter.name}` is {each.family} ({each.call})")
    first = found[0]
    if any(not (_same(first.mean, each.mean) and _same(first.std, each.std)) for each in found[1:]):
        return Unknown(f"`{parameter.name}` may be initialised in several ways")
    return first


def scheme(init: Initializer, weight: Parameter, fan_in: Scalar | Unknown) -> str:
    """The initialiser's scheme, also where the source writes its formula out: ``xavier`` for std² · (in + out) = 2,
    ``lecun`` for std² · fan_in = 1, ``kaiming`` (with ReLU's gain) for std² · fan_in = 2, each of mean zero. Empty
    where it may as well be Kaiming's over the fan out, which is twice the fan in."""
    shape = weight.shape
    drawn = init.family in {"normal", "truncated_normal", "uniform"} and init.mean == 0
    if init.scheme or not drawn or isinstance(shape, Unknown) or len(shape) < 2:
        return init.scheme
    both = _sum(shape[0], shape[1]) if len(shape) > 2 else _sum(shape[-2], shape[-1])
    if _nearly(product(init.std, init.std, both, *shape[2:]), 2):
        return "xavier"
    power = product(init.std, init.std, fan_in)
    if _nearly(power, 1) and len(shape) > 2 and _nearly(product(init.std, init.std, shape[0], *shape[2:]), 2):
        return ""
    return "lecun" if _nearly(power, 1) else "kaiming" if _nearly(power, 2) else ""


def _sum(a: Scalar | Unknown, b: Scalar | Unknown) -> Scalar | Unknown:
    if isinstance(a, Unknown):
        return a
    if isinstance(b, Unknown):
        return b
    found = dim.add(a, b)
    return Unknown("a sum too long to name") if found is None else found


def _nearly(value: Scalar | Unknown, wanted: float) -> bool:
    return isinstance(value, (int, float)) and abs(value - wanted) <= 1e-6 * wanted


def variance(parameter: Parameter) -> Scalar | Unknown:
    """Var(W), per element, about its mean."""
    found = distribution(parameter)
    if isinstance(found, Unknown):
        return found
    return product(found.std, found.std)


def weight_variance(parameter: Parameter) -> Scalar | Unknown:
    """Var(W) where it gives the layer's scale: Unknown for weights that are not independent around zero."""
    found = distribution(parameter)
    if isinstance(found, Unknown):
        return found
    if found.family in {"eye", "dirac"}:
        return Unknown(f"`{parameter.name}` is an identity map")
    if isinstance(found.mean, Unknown):
        return found.mean
    if found.mean != 0:
        return Unknown(f"`{parameter.name}` does not have mean zero")
    return product(found.std, found.std)


def vector(parameter: Parameter, small: bool = False) -> Vector | Unknown:
    """Mean and variance of a parameter as numbers. With ``small``, what is a symbol is estimated: for a bias, whose
    variance of order 1/fan_in hardly matters."""
    found = distribution(parameter)
    if isinstance(found, Unknown):
        return found
    spread = product(found.std, found.std)
    mean = found.mean
    if isinstance(mean, Unknown):
        return mean
    if isinstance(spread, Unknown):
        return spread
    if isinstance(mean, Dim) or (isinstance(spread, Dim) and not small):
        return Unknown(f"the scale of `{parameter.name}` is {mean if isinstance(mean, Dim) else spread}")
    if isinstance(spread, Dim):
        typical = spread.coefficient
        for _, exponent in spread.powers:
            if abs(exponent) > _LARGEST_EXPONENT:
                return Unknown(f"the scale of `{parameter.name}` is {spread}")
            typical *= _TYPICAL_SIZE ** float(exponent)
        return Vector(float(mean), float(typical), approximate=True)
    return Vector(float(mean), float(spread))
