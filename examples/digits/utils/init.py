"""How the models' weights are initialised."""

from __future__ import annotations

from torch import nn


def init_weights(module: nn.Module) -> None:
    """For ``model.apply``: Xavier weights, zero biases."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def init_orthogonal(module: nn.Module) -> None:
    """For ``model.apply``: orthogonal weights."""
    if isinstance(module, nn.Linear):
        nn.init.orthogonal(module.weight)
