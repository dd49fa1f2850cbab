"""A head of standard deviation 1 over 128 features: the first loss is many times log 10."""

from __future__ import annotations

import torch
from torch import nn


class Classifier(nn.Module):
    """One hidden layer and ten classes."""

    def __init__(self, features: int = 64, width: int = 128) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, width)
        self.head = nn.Linear(width, 10)
        nn.init.kaiming_normal_(self.hidden.weight)
        nn.init.normal_(self.head.weight)  # expect: measured-initial-loss

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.relu(self.hidden(x)))


def initlint_probe() -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
    """The model, a batch and its classes, for `initlint probe`."""
    return Classifier(), torch.randn(17, 64), torch.arange(17) % 10


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch, _ = initlint_probe()
    return model(batch)
