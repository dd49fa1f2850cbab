"""A bias so negative that hardly any unit ever passes its ReLU."""

from __future__ import annotations

import torch
from torch import nn


class Classifier(nn.Module):
    """One hidden layer."""

    def __init__(self, features: int = 64, width: int = 128) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, width)
        self.head = nn.Linear(width, 10)
        nn.init.constant_(self.hidden.bias, -4.0)  # expect: dead-units

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.relu(self.hidden(x)))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Classifier(), torch.randn(17, 64)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
