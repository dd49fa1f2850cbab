"""A head whose hidden biases start at zero."""

from __future__ import annotations

import torch
from torch import nn


class Head(nn.Module):
    """Two hidden layers on features."""

    def __init__(self, features: int = 64, width: int = 128, classes: int = 10) -> None:
        super().__init__()
        self.fc1 = nn.Linear(features, width)
        self.fc2 = nn.Linear(width, width)
        self.out = nn.Linear(width, classes)
        for layer in (self.fc1, self.fc2):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.out(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Head()(torch.randn(8, 64))
