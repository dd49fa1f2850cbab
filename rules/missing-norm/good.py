"""The same network with a LayerNorm before each activation, which restores the signal at every layer."""

from __future__ import annotations

import torch
from torch import nn


class FieldNet(nn.Module):
    """Maps (x, y, t) to the value of a field; twenty normalised hidden layers."""

    def __init__(self, width: int = 64, depth: int = 20) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(3, width), nn.LayerNorm(width), nn.Tanh()]
        for _ in range(depth - 1):
            layers.append(nn.Linear(width, width))
            layers.append(nn.LayerNorm(width))
            layers.append(nn.Tanh())
        self.body = nn.Sequential(*layers)
        self.value = nn.Linear(width, 1)

    def forward(self, point: torch.Tensor) -> torch.Tensor:
        return self.value(self.body(point))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return FieldNet()(torch.randn(8, 3))
