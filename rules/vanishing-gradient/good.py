"""The same network with tanh, which is as smooth and has its values around 0."""

from __future__ import annotations

import torch
from torch import nn


class FieldNet(nn.Module):
    """Maps a point of space and time to a pressure; sixteen smooth hidden layers."""

    def __init__(self, width: int = 64, depth: int = 16) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(4, width), nn.Tanh()]
        for _ in range(depth - 1):
            layers += [nn.Linear(width, width), nn.Tanh()]
        self.body = nn.Sequential(*layers)
        self.pressure = nn.Linear(width, 1)
        for layer in self.body:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_normal_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, point: torch.Tensor) -> torch.Tensor:
        return self.pressure(self.body(point))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return FieldNet()(torch.randn(8, 4))
