"""A model that hands apply what its init returns."""

from __future__ import annotations

import torch
from torch import nn


def init_weights(module: nn.Module) -> None:
    """Draws a linear layer."""
    if isinstance(module, nn.Linear):
        nn.init.xavier_normal_(module.weight)
        nn.init.zeros_(module.bias)


class Regressor(nn.Module):
    """A small multilayer perceptron."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.fc1 = nn.Linear(8, width)
        self.fc2 = nn.Linear(width, 1)
        self.apply(init_weights(self))  # expect: apply-misused

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(torch.tanh(self.fc1(x)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Regressor()(torch.randn(2, 8))
