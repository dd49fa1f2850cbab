"""The same model, each layer scaled by its fan: the output has one scale at every width."""

from __future__ import annotations

import torch
from torch import nn


class Regressor(nn.Module):
    """Two hidden layers."""

    def __init__(self, features: int = 32, width: int = 128) -> None:
        super().__init__()
        self.first = nn.Linear(features, width)
        self.second = nn.Linear(width, width)
        self.head = nn.Linear(width, 4)
        for layer in (self.first, self.second, self.head):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.first(x))
        return self.head(torch.relu(self.second(x)))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Regressor(), torch.randn(17, 32)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
