"""A regressor with an activation behind each hidden layer."""

from __future__ import annotations

import torch
from torch import nn


class Regressor(nn.Module):
    """Three hidden layers."""

    def __init__(self, features: int = 32, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(features, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, width)
        self.out = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.fc2(torch.relu(self.fc1(x))))
        x = torch.relu(self.fc3(x))
        return self.out(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Regressor()(torch.randn(8, 32))
