"""Experts whose weights are drawn as one stack, which torch takes for a convolution's kernel."""

from __future__ import annotations

import torch
from torch import nn


class Experts(nn.Module):
    """Two layers for each of several experts, every token at its own."""

    def __init__(self, experts: int = 8, dim: int = 128, hidden: int = 512) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.empty(experts, dim, hidden))
        self.down = nn.Parameter(torch.empty(experts, hidden, dim))
        nn.init.xavier_uniform_(self.up)  # expect: wrong-fan
        nn.init.xavier_uniform_(self.down)  # expect: wrong-fan

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.bmm(torch.tanh(torch.bmm(x, self.up)), self.down)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Experts()(torch.randn(8, 4, 128))
