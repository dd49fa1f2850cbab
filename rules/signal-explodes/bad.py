"""Weights N(0, 1) over hundreds of inputs: each layer multiplies the signal by eleven."""

from __future__ import annotations

import torch
from torch import nn


class Regressor(nn.Module):
    """Three hidden layers, neither norm nor skip."""

    def __init__(self, features: int = 256, width: int = 256, depth: int = 3) -> None:
        super().__init__()
        sizes = [features] + [width] * depth
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.head = nn.Linear(width, 1)
        for layer in self.layers:
            nn.init.normal_(layer.weight)  # expect: signal-explodes
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Regressor(), torch.randn(17, 256)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
