"""A residual stack that holds one block four times."""

from __future__ import annotations

import torch
from torch import nn


class Block(nn.Module):
    """A normalised residual block."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.relu(self.fc(self.norm(x)))


class Tower(nn.Module):
    """Several blocks and a head."""

    def __init__(self, width: int = 32, depth: int = 4) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])  # expect: shared-instance
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Tower()(torch.randn(2, 32))
