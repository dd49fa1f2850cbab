"""Layers copied from one: they start with equal weights."""

from __future__ import annotations

import copy

import torch
from torch import nn


class Encoder(nn.Module):
    """A stack of equal blocks."""

    def __init__(self, width: int = 32, depth: int = 4) -> None:
        super().__init__()
        layer = nn.Linear(width, width)
        self.layers = nn.ModuleList([copy.deepcopy(layer) for _ in range(depth)])  # expect: twin-layers

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = x + torch.relu(layer(x))
        return x


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Encoder(), torch.randn(17, 32)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
