"""A recurrent net of 512 units at its default."""

from __future__ import annotations

import torch
from torch import nn


class Sequence(nn.Module):
    """Reads a long sequence and answers from the last state."""

    def __init__(self, features: int = 8, state: int = 512, classes: int = 10) -> None:
        super().__init__()
        self.rnn = nn.RNN(features, state, batch_first=True)  # expect: recurrent-not-orthogonal
        self.out = nn.Linear(state, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        states, _ = self.rnn(x)
        return self.out(states[:, -1])


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Sequence()(torch.randn(4, 50, 8))
