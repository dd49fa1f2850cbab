"""A value network written with bare matrices, drawn from N(0, 1): every tanh starts saturated."""

from __future__ import annotations

import torch
from torch import nn


class ValueNet(nn.Module):
    """Two hidden layers of 256 units on a state of 64 numbers."""

    def __init__(self, state: int = 64, hidden: int = 256) -> None:
        super().__init__()
        self.first = nn.Parameter(torch.randn(state, hidden))  # expect: weight-scale-too-large
        self.second = nn.Parameter(torch.randn(hidden, hidden))  # expect: weight-scale-too-large
        self.value = nn.Linear(hidden, 1)

    def forward(self, state: torch.Tensor) -> torch.Tensor:
        h = torch.tanh(state @ self.first)
        h = torch.tanh(h @ self.second)
        return self.value(h)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return ValueNet()(torch.randn(8, 64))
