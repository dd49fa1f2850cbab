"""How the output's scale changes with the width: the coordinate check at initialisation (Yang and Hu 2021, «Tensor
Programs IV»; https://github.com/microsoft/mup#checking-correctness-of-parametrization)."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from initlint.probe.batch import Batch
from initlint.probe.device import batch_on, where
from initlint.probe.inside import tensors
from initlint.probe.measure import train

_FACTORS, _DRAWS = (1, 2, 4), 12
_LEAST = 8
_NAMES = re.compile(
    r"(?:base_|hidden_|model_|net_|mlp_)?(?:width|hidden|hidden_(?:size|dim|channels|features|units)|dim|d_model|dmodel|"
    r"n_embd|n_hidden|nhid|nf|ngf|ndf|embed_dim|embed(?:ding)?_size|num_features|channels|features|planes|units|filters)"
)


def widths(model: nn.Module, batch: Batch, arguments: Mapping[str, Any] | None) -> tuple[tuple[int, float], ...]:
    """The width and the root mean square of the first output, at one, two and four times the model's width; nothing
    for a class whose constructor has no argument for it. ``arguments`` are those that the model was built with, where
    they are known."""
    known = arguments or {}
    for name, given in _widths_of(type(model), known) if arguments is not None else ():
        sizes = [given * factor for factor in _FACTORS]
        try:
            found = tuple((size, _scale(model, batch, known, name, size)) for size in sizes)
        except Exception:  # it is tied to another size, or to the inputs
            continue
        if all(value > 0 and math.isfinite(value) for _, value in found):
            return found
    return ()


def _widths_of(cls: type, arguments: Mapping[str, Any]) -> list[tuple[str, int]]:
    try:
        parameters = inspect.signature(cls).parameters.values()
    except (TypeError, ValueError):
        return []
    values = [(each.name, arguments.get(each.name, each.default)) for each in parameters]
    return [
        (name, value) for name, value in values if type(value) is int and value >= _LEAST and _NAMES.fullmatch(name)
    ]  # fmt: skip


def _scale(model: nn.Module, batch: Batch, arguments: Mapping[str, Any], name: str, width: int) -> float:
    """Over several draws of the weights.

    :raises ValueError: the argument is no width, or the model was built in another way.
    """
    squares = []
    shapes = [each.shape for each in model.parameters()]
    for draw in range(_DRAWS):
        torch.manual_seed(draw)
        built = type(model)(**{**arguments, name: width})
        same = [each.shape for each in built.parameters()] == shapes
        if same != (width == arguments.get(name, inspect.signature(type(model)).parameters[name].default)):
            raise ValueError(name)
        train(built.to(where(model) or "cpu"))
        args, kwargs = batch_on(batch, where(model)).cloned()
        with torch.no_grad():
            output = next(each for each in tensors(built(*args, **kwargs)) if each.is_floating_point())
        squares.append(float(output.double().square().mean()))
    return math.sqrt(sum(squares) / len(squares))
