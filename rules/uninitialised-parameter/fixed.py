"""Attention pooling whose query is made by torch.empty and never written."""

from __future__ import annotations

import torch
from torch import nn


class AttentionPool(nn.Module):
    """Pools a sequence with a learned query and a learned temperature per head."""

    def __init__(self, dim: int = 64, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Parameter(torch.empty(heads, dim // heads))  # expect: uninitialised-parameter
        nn.init.normal_(self.query, std=0.02)
        self.temperature = nn.Parameter(torch.Tensor(heads))  # expect: uninitialised-parameter
        nn.init.ones_(self.temperature)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, dim = x.shape
        key = self.key(x).view(batch, length, self.heads, dim // self.heads)
        value = self.value(x).view(batch, length, self.heads, dim // self.heads)
        scores = (key * self.query).sum(-1) * self.temperature
        weights = scores.softmax(dim=1).unsqueeze(-1)
        return (weights * value).sum(1).flatten(1)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return AttentionPool()(torch.randn(2, 10, 64))
