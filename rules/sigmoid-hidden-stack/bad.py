"""A credit score from a table: six sigmoid layers, and a first layer that does not learn."""

from __future__ import annotations

import torch
from torch import nn


class Scorer(nn.Module):
    """Six hidden layers of sigmoid units."""

    def __init__(self, inputs: int = 30, width: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(inputs, width), nn.Sigmoid()]  # expect: sigmoid-hidden-stack
        for _ in range(5):
            layers += [nn.Linear(width, width), nn.Sigmoid()]
        self.hidden = nn.Sequential(*layers)
        self.score = nn.Linear(width, 1)

    def forward(self, row: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.score(self.hidden(row)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Scorer()(torch.randn(8, 30))
