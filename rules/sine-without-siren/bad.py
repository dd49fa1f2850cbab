"""A field on sine that knows SIREN's bounds and doesn't use them."""

from __future__ import annotations

import math

import torch
from torch import nn


class Sine(nn.Module):
    """One layer, sin(30·(Wx + b))."""

    def __init__(self, inputs: int, outputs: int, bound: float) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)  # expect: sine-without-siren
        self.bound = bound

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.sin(30 * self.linear(x))


class Field(nn.Module):
    """Colours at coordinates."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        bound = math.sqrt(6 / width) / 30
        self.first = Sine(2, width, 1 / 2)
        self.hidden = nn.Sequential(Sine(width, width, bound), Sine(width, width, bound))
        self.out = nn.Linear(width, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(self.hidden(self.first(x)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Field()(torch.rand(4, 2))
