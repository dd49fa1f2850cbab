"""A block that suppresses rules by names that do not exist."""

from __future__ import annotations

import torch
from torch import nn


class ResidualBlock(nn.Module):
    """A pre-norm block whose last layer starts at zero on purpose."""

    def __init__(self, dim: int = 32) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.up = nn.Linear(dim, 4 * dim)
        self.down = nn.Linear(4 * dim, dim)
        nn.init.zeros_(self.down.weight)  # expect: unknown-rule
        nn.init.zeros_(self.down.bias)  # expect: unknown-rule

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.down(nn.functional.gelu(self.up(self.norm(x))))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return ResidualBlock()(torch.randn(2, 32))
