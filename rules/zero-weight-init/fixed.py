"""A regression network whose author zeroed every weight "to start from a neutral model"."""

from __future__ import annotations

import torch
from torch import nn


class HousePriceNet(nn.Module):
    """Three hidden layers over tabular features."""

    def __init__(self, features: int = 13, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(features, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, width)
        self.price = nn.Linear(width, 1)
        self.reset_weights()

    def reset_weights(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")  # expect: zero-weight-init
                nn.init.zeros_(module.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        x = torch.relu(self.fc3(x))
        return self.price(x)


class LowRankMixer(nn.Module):
    """Mixes features through two factors, both made as zeros."""

    def __init__(self, features: int = 32, rank: int = 8) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.zeros(features, rank))  # expect: zero-weight-init
        self.up = nn.Parameter(torch.zeros(rank, features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x @ self.down) @ self.up


def example() -> tuple[torch.Tensor, torch.Tensor]:
    """Builds the models and runs a batch."""
    return HousePriceNet()(torch.randn(8, 13)), LowRankMixer()(torch.randn(8, 32))
