"""The same score with ReLU and weights scaled for it; the sigmoid is left at the output, where it belongs."""

from __future__ import annotations

import torch
from torch import nn


class Scorer(nn.Module):
    """Six hidden layers of ReLU units."""

    def __init__(self, inputs: int = 30, width: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(inputs, width), nn.ReLU()]
        for _ in range(5):
            layers += [nn.Linear(width, width), nn.ReLU()]
        self.hidden = nn.Sequential(*layers)
        self.score = nn.Linear(width, 1)
        for layer in self.hidden:
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)

    def forward(self, row: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.score(self.hidden(row)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Scorer()(torch.randn(8, 30))
