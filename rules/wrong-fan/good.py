"""The same experts, with the bound of one matrix."""

from __future__ import annotations

import torch
from torch import nn


class Experts(nn.Module):
    """Two layers for each of several experts, every token at its own."""

    def __init__(self, experts: int = 8, dim: int = 128, hidden: int = 512) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.empty(experts, dim, hidden))
        self.down = nn.Parameter(torch.empty(experts, hidden, dim))
        bound = (6 / (dim + hidden)) ** 0.5
        nn.init.uniform_(self.up, -bound, bound)
        nn.init.uniform_(self.down, -bound, bound)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.bmm(torch.tanh(torch.bmm(x, self.up)), self.down)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Experts()(torch.randn(8, 4, 128))
