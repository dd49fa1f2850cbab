"""Positions that no optimiser sees, and a head whose weight is replaced by a tensor, which raises."""

from __future__ import annotations

import torch
from torch import nn


class PatchEncoder(nn.Module):
    """Patches, a learnt position for each, and a classifier."""

    def __init__(self, patches: int = 16, dim: int = 32, classes: int = 4) -> None:
        super().__init__()
        self.embed = nn.Linear(48, dim)
        self.position = nn.Parameter(torch.randn(1, patches, dim)) * 0.02  # expect: parameter-replaced-by-tensor
        self.head = nn.Linear(dim, classes)
        self.head.weight = self.head.weight * 0.1  # expect: parameter-replaced-by-tensor

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head((self.embed(x) + self.position).mean(dim=1))


def example() -> torch.Tensor:
    """Builds the model (which raises TypeError) and runs a batch."""
    return PatchEncoder()(torch.randn(2, 16, 48))
