"""A head of a hundred times the usual scale: outputs jump with the input."""

from __future__ import annotations

import torch
from torch import nn


class Critic(nn.Module):  # expect: input-sensitivity
    """One hidden layer and a value."""

    def __init__(self, features: int = 64, width: int = 64) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, width)
        self.head = nn.Linear(width, 1)
        nn.init.normal_(self.head.weight, std=30.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.tanh(self.hidden(x)))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Critic(), torch.randn(17, 64)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
