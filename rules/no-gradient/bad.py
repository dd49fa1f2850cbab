"""An adapter both of whose factors start at zero: each waits for the other."""

from __future__ import annotations

import torch
from torch import nn


class Adapted(nn.Module):
    """A linear layer with a low-rank adapter."""

    def __init__(self, width: int = 32, rank: int = 4) -> None:
        super().__init__()
        self.base = nn.Linear(width, width)
        self.down = nn.Parameter(torch.zeros(width, rank))  # expect: no-gradient
        self.up = nn.Parameter(torch.zeros(rank, width))  # expect: no-gradient

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + x @ self.down @ self.up


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Adapted(), torch.randn(17, 32)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
