"""A SELU network with He's init and plain dropout."""

from __future__ import annotations

import torch
from torch import nn


class Tabular(nn.Module):
    """Six SELU layers."""

    def __init__(self, width: int = 128, depth: int = 6) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for _ in range(depth):
            linear = nn.Linear(width, width)
            nn.init.kaiming_normal_(linear.weight, nonlinearity="linear")  # expect: selu-without-lecun
            nn.init.zeros_(linear.bias)
            layers += [linear, nn.SELU()]
        self.body = nn.Sequential(*layers)
        self.drop = nn.AlphaDropout(0.1)  # expect: selu-without-lecun
        self.head = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.drop(self.body(x)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Tabular()(torch.randn(4, 128))
