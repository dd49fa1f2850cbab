"""The same pixels, normalised."""

from __future__ import annotations

import torch
from torch import nn


class Classifier(nn.Module):
    """One hidden layer on flat images."""

    def __init__(self, features: int = 64, width: int = 64) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, width)
        self.head = nn.Linear(width, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.relu(self.hidden(x)))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Classifier(), (torch.rand(17, 64) - 0.5) / 0.29


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
