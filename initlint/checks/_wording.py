"""How rules say things: names of layers, factors, activations, and the remedy for a lost gain."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.ir.dim import Dim, format_number
from initlint.ir.initializer import Initializer
from initlint.ir.model import Op

_SHOWN = 2

_TITLES = {
    "relu": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "LeakyReLU",
    "prelu": "PReLU",
    "gelu": "GELU",
    "silu": "SiLU",
    "mish": "Mish",
    "hardswish": "Hardswish",
}


def names(items: Sequence[str]) -> str:
    """The first names in backticks, and how many more: «`fc1`, `fc2` and 10 more»."""
    distinct = list(dict.fromkeys(items))
    if len(distinct) == _SHOWN + 1:
        return f"`{distinct[0]}`, `{distinct[1]}` and `{distinct[2]}`"
    shown = [f"`{name}`" for name in distinct[:_SHOWN]]
    if len(distinct) > _SHOWN:
        return f"{', '.join(shown)} and {len(distinct) - _SHOWN} more"
    return " and ".join(shown)


def plural(count: int, word: str) -> str:
    """«1 layer», «3 layers»."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def factor(value: float) -> str:
    """A positive factor, short: ``0.5``, ``12``, ``2.4e-04``."""
    return f"{value:.2g}" if 0.01 <= value < 100 else f"{value:.0f}" if 100 <= value < 1e4 else f"{value:.1e}"


def title(activation: Op) -> str:
    """The activation as users know it."""
    return _TITLES.get(activation.name, activation.name)


def kaiming_remedy(activation: Op) -> str:
    """The ``torch.nn.init`` call whose gain fits the activation.

    ``calculate_gain`` knows only ReLU and LeakyReLU among these and raises ValueError for GELU, SiLU, Mish and
    Hardswish, whose gain is near ReLU's √2 (https://pytorch.org/docs/stable/nn.init.html).
    """
    if activation.name in {"relu", "relu6", "leaky_relu", "prelu"} or isinstance(activation.value, Dim):
        return f"`kaiming_normal_(…, {', '.join(kaiming_arguments(activation) or ())})`"
    return f"`kaiming_normal_(…)` (its gain √2 fits; calculate_gain has none for {title(activation)})"


def kaiming_arguments(activation: Op) -> tuple[str, ...] | None:
    """The arguments behind the tensor with which ``kaiming_normal_`` fits a rectifier-like activation; None for any
    other."""
    slope = activation.value if isinstance(activation.value, (int, float)) else None
    if activation.name == "prelu":
        slope = 0.25 if slope is None else slope
    if activation.name in {"leaky_relu", "prelu"} and slope:
        return f"a={slope:g}", 'nonlinearity="leaky_relu"'
    return ('nonlinearity="relu"',) if activation.name in _TITLES else None


def filling(init: Initializer) -> str:
    """What an initialiser fills a tensor with: «Kaiming's draw (`kaiming_normal_`)», «the constant 0»."""
    constant = init.constant
    if not init.known:
        return "what is computed here"
    if isinstance(constant, (int, float)):
        return f"the constant {format_number(constant)}"
    if init.scheme not in {"", "default"}:
        return f"{init.scheme.capitalize()}'s draw (`{init.call}`)"
    std = f" with std {format_number(init.std)}" if isinstance(init.std, (int, float)) else ""
    return f"`{init.call}`{std}"
