"""A physics-informed network that grew from 4 to 20 tanh layers: far points of the domain give the same output."""

from __future__ import annotations

import torch
from torch import nn


class FieldNet(nn.Module):
    """Maps (x, y, t) to the value of a field; twenty hidden layers with nothing that restores the signal."""

    def __init__(self, width: int = 64, depth: int = 20) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(3, width), nn.Tanh()]  # expect: missing-norm
        for _ in range(depth - 1):
            layers.append(nn.Linear(width, width))
            layers.append(nn.Tanh())
        self.body = nn.Sequential(*layers)
        self.value = nn.Linear(width, 1)

    def forward(self, point: torch.Tensor) -> torch.Tensor:
        return self.value(self.body(point))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return FieldNet()(torch.randn(8, 3))
