"""A std that lands in the mean, and a gain that torch doesn't have: the constructor raises."""

from __future__ import annotations

import torch
from torch import nn


class Mixer(nn.Module):
    """A GELU block between two projections."""

    def __init__(self, dim: int = 64, hidden: int = 128) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.expand = nn.Linear(dim, hidden)
        self.reduce = nn.Linear(hidden, dim)
        nn.init.trunc_normal_(self.reduce.weight, 0.02)  # expect: bad-init-argument
        nn.init.kaiming_normal_(self.expand.weight, nonlinearity="gelu")  # expect: bad-init-argument

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.reduce(nn.functional.gelu(self.expand(self.norm(x))))


def example() -> torch.Tensor:
    """Builds the model (which raises ValueError) and runs a batch."""
    return Mixer()(torch.randn(2, 64))
