"""Forty plain layers with batch norm: the signal is fine, and the gradient grows at each."""

from __future__ import annotations

import torch
from torch import nn


class Deep(nn.Module):
    """Forty layers, each with batch norm, and no skip."""

    def __init__(self, features: int = 32, width: int = 64, depth: int = 40) -> None:
        super().__init__()
        self.stem = nn.Linear(features, width)
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])  # expect: gradient-explodes
        self.norms = nn.ModuleList([nn.BatchNorm1d(width) for _ in range(depth)])
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for layer, norm in zip(self.layers, self.norms):
            x = torch.relu(norm(layer(x)))
        return self.head(x)


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Deep(), torch.randn(64, 32)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
