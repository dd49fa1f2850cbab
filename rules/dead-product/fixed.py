"""A low-rank update with both factors zero, and an adapter whose hidden layer is zeroed with its last."""

from __future__ import annotations

import torch
from torch import nn


class LowRank(nn.Module):
    """A frozen layer and a trained update of low rank."""

    def __init__(self, width: int = 32, rank: int = 4) -> None:
        super().__init__()
        self.base = nn.Linear(width, width)
        self.base.requires_grad_(False)
        self.lora_A = nn.Parameter(torch.zeros(rank, width))  # expect: dead-product
        nn.init.kaiming_uniform_(self.lora_A, a=5**0.5)
        self.lora_B = nn.Parameter(torch.zeros(width, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + x @ self.lora_A.T @ self.lora_B.T


class Adapter(nn.Module):
    """A bottleneck on a residual branch."""

    def __init__(self, width: int = 32, bottleneck: int = 8) -> None:
        super().__init__()
        self.down = nn.Linear(width, bottleneck)
        self.up = nn.Linear(bottleneck, width)
        for layer in (self.down, self.up):
            nn.init.zeros_(layer.weight)  # expect: dead-product
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.up(torch.relu(self.down(x)))


def example() -> torch.Tensor:
    """Builds the models and runs a batch."""
    return Adapter()(LowRank()(torch.randn(2, 32)))
