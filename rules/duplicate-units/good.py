"""The same layers with random weights."""

from __future__ import annotations

import torch
from torch import nn


class Classifier(nn.Module):
    """Two hidden layers."""

    def __init__(self, features: int = 20, width: int = 64) -> None:
        super().__init__()
        self.first = nn.Linear(features, width)
        self.second = nn.Linear(width, width)
        self.head = nn.Linear(width, 3)
        for layer in (self.first, self.second, self.head):
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.tanh(self.second(torch.tanh(self.first(x)))))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Classifier(), torch.randn(17, 20)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
