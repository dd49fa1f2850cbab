"""N(0, 1) weights before tanh: nearly all units are at ±1."""

from __future__ import annotations

import torch
from torch import nn


class Policy(nn.Module):
    """Two tanh layers."""

    def __init__(self, features: int = 128, width: int = 128, depth: int = 2) -> None:
        super().__init__()
        sizes = [features] + [width] * depth
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.head = nn.Linear(width, 1)
        for layer in self.layers:
            nn.init.normal_(layer.weight)  # expect: saturated-units
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.head(x)


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Policy(), torch.randn(17, 128)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
