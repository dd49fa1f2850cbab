"""Where an init's scale comes from the wrong fan: how far the gain is from what the scheme promises, and why."""

from __future__ import annotations

import math

from initlint.checks._weights import DENSE, first_action
from initlint.ir.dim import Dim, Scalar
from initlint.ir.initializer import Initializer
from initlint.ir.model import Parameter
from initlint.ir.unknown import Unknown
from initlint.signal.activations import canonical
from initlint.signal.facts import Facts, LayerFact
from initlint.signal.weights import product, quotient

# Factors of the variance that pass for a choice; beyond them it is a slip.
_FITS = (0.3, 3.0)
_FEW_INPUTS = 4
_ROUND = 2  # significant digits of numbers that people choose
_DRAWN = frozenset({"normal", "truncated_normal", "uniform"})


def stored(facts: Facts, layer: LayerFact) -> Parameter:
    """The parameter as the module holds it, whose axes torch's fans are read off."""
    of = layer.weight.of
    return next((each for each in facts.model.parameters if each.name == of), layer.weight) if of else layer.weight


def misread(facts: Facts, layer: LayerFact) -> tuple[str, Scalar] | None:
    """Why torch's own fans are not the layer's, and the factor that the weight's variance is off by (a symbol's inverse
    where sizes are symbols); None where they fit, or a norm makes it all one."""
    init, parameter = first_action(layer).initializer, stored(facts, layer)
    shape = parameter.shape
    if init.scheme not in {"xavier", "kaiming"} or isinstance(shape, Unknown) or _rescaled(facts, layer):
        return None
    if layer.op.name == "matmul" and len(shape) >= 3:
        tail = "·".join(_size(size) for size in shape[1:])
        why = f"torch takes {_shape(parameter)} for a convolution's kernel with fan in {tail}"
    elif layer.op.name == "matmul" and len(shape) == 2 and init.mode == "fan_in":
        why = f"torch takes the second axis of {_shape(parameter)} for the fan in, which is the first one here"
    elif layer.op.name == "conv" and init.mode == "fan_out" and layer.op.groups != 1:
        why = f"torch's fan out knows nothing of the {_size(layer.op.groups)} groups"
    else:
        return None
    off = quotient(layer.gain, _promised(layer, init))
    if isinstance(off, Unknown):
        return None
    if isinstance(off, Dim):
        return (why, off) if all(power < 0 for _, power in off.powers) else None
    return (why, off) if not _FITS[0] <= off <= _FITS[1] else None


def _rescaled(facts: Facts, layer: LayerFact) -> bool:
    """Whether a norm makes up for any scale of the layer, or may: behind it, or behind all layers that it feeds, which
    pass a scale on as ReLU does."""
    if _normalised(layer):
        return True
    behind = facts.behind(layer)
    return bool(behind) and all(map(_normalised, behind))


def _normalised(layer: LayerFact) -> bool:
    """Whether a norm makes up for its scale, or may. Behind the sum that ends a branch it is the sum's."""
    in_sum = layer.ends_branch and layer.in_branch is True and layer.next in {"add", "mul"}
    return layer.norm_after is not False and not in_sum


def _promised(layer: LayerFact, init: Initializer) -> Scalar | Unknown:
    """fan_in · Var(W) as the scheme has it for the layer's own fans."""
    gain = init.gain if init.gain is not None else 1
    square = product(gain, gain)
    if init.scheme == "kaiming":
        return square
    fan_in, fan_out = layer.fan_in, layer.fan_out
    if isinstance(fan_in, (int, float)) and isinstance(fan_out, (int, float)) and fan_in + fan_out:
        return product(square, 2 * fan_in / (fan_in + fan_out))
    return Unknown("sizes that are symbols")


def misplaced_root(facts: Facts, layer: LayerFact) -> str:
    """What formula a hand-set scale follows in place of √(2/fan) or √(1/fan); empty where it is none that is known."""
    init = first_action(layer).initializer
    if init.scheme or init.family not in _DRAWN or init.mean != 0 or layer.activation is None or layer.head:
        return ""
    if _rescaled(facts, layer) or canonical(layer.activation.name) in {"sine", "cosine"}:
        return ""
    gain, std = layer.gain, init.std
    bound = "bound" if init.family == "uniform" else "std"
    times = product(gain, layer.fan_in) if init.family != "uniform" else product(gain, layer.fan_in, 3)
    if isinstance(times, (int, float)) and _is(times, 1) and (isinstance(gain, Dim) or not _chosen(init)):
        return f"{bound} 1/fan"
    over_out = product(3 if init.family == "uniform" else 1, std, std, layer.fan_out, layer.fan_out)
    if layer.op.name == "linear" and isinstance(over_out, (int, float)) and _is(over_out, 1) and not _chosen(init):
        return f"{bound} 1/fan"
    if isinstance(gain, (int, float)) and _is(gain, 4) and init.family != "uniform" and not _given(facts, layer):
        if isinstance(std, Dim) or (isinstance(std, (int, float)) and not _chosen(init)):
            return "std 2/√fan"
    return ""


def _given(facts: Facts, layer: LayerFact) -> bool:
    """Whether the gain is an argument: the same line draws other layers with another one."""
    place = first_action(layer).place
    gains = [each.gain for each in facts.layers if first_action(each).place == place]
    return any(isinstance(gain, (int, float)) and not math.isclose(gain, 4, rel_tol=1e-6) for gain in gains)


def misplaced_axis(facts: Facts, layer: LayerFact) -> Scalar | None:
    """By which factor the variance of a hand-set bound of 1/√fan is off, where that fan is the layer's fan out, as
    ``weight.size(0)`` of a linear layer is; None where it is not, or makes little difference."""
    init, fan_in, fan_out = first_action(layer).initializer, layer.fan_in, layer.fan_out
    if init.scheme or init.family != "uniform" or init.mean != 0 or layer.op.name != "linear" or layer.weight.of:
        return None
    if layer.head or layer.activation is None or _rescaled(facts, layer) or not isinstance(fan_in, (int, float)):
        return None
    times = product(3, init.std, init.std, fan_out)
    if not isinstance(fan_out, (int, float)) or isinstance(times, Unknown) or not _is(times, 1) or _chosen(init):
        return None
    off = fan_in / fan_out
    return off if not _FITS[0] <= off <= _FITS[1] else None


def one_sided(facts: Facts, layer: LayerFact) -> bool:
    """Whether all weights of a hidden layer with several units and inputs are drawn from zero upwards."""
    weight, init = layer.weight, first_action(layer).initializer
    if (
        layer.next not in {"activation", "layer"}
        or layer.op.name not in DENSE
        or init.family != "uniform"
        or not weight.trainable
        or weight.buffer
    ):
        return False
    mean, std = init.mean, init.std
    if not isinstance(mean, (int, float)) or not isinstance(std, (int, float)) or _rescaled(facts, layer):
        return False
    few = isinstance(layer.fan_in, (int, float)) and layer.fan_in < _FEW_INPUTS
    alone = isinstance(layer.fan_out, (int, float)) and layer.fan_out < 2
    from_zero = mean > 0 and mean - math.sqrt(3) * std >= -1e-6 * mean and std > 0
    return from_zero and not few and not alone and layer.op.groups == 1


def _chosen(init: Initializer) -> bool:
    """Whether the scale is a round number, which no formula gave."""
    if not isinstance(init.std, (int, float)) or not init.std:
        return False
    number = init.std * math.sqrt(3) if init.family == "uniform" else init.std
    return math.isclose(float(f"{number:.{_ROUND}g}"), number, rel_tol=1e-9)


def _is(value: Scalar, wanted: float) -> bool:
    return isinstance(value, (int, float)) and math.isclose(value, wanted, rel_tol=1e-6)


def _size(size: Scalar | Unknown) -> str:
    return "?" if isinstance(size, Unknown) else f"{size:g}" if isinstance(size, (int, float)) else str(size)


def _shape(parameter: Parameter) -> str:
    shape = parameter.shape
    return "" if isinstance(shape, Unknown) else f"({', '.join(map(_size, shape))})"
