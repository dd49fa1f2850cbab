"""The same model: scaled first, wrapped last, and the head scaled in place."""

from __future__ import annotations

import torch
from torch import nn


class PatchEncoder(nn.Module):
    """Patches, a learnt position for each, and a classifier."""

    def __init__(self, patches: int = 16, dim: int = 32, classes: int = 4) -> None:
        super().__init__()
        self.embed = nn.Linear(48, dim)
        self.position = nn.Parameter(torch.randn(1, patches, dim) * 0.02)
        self.head = nn.Linear(dim, classes)
        nn.init.normal_(self.head.weight, std=0.02)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head((self.embed(x) + self.position).mean(dim=1))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return PatchEncoder()(torch.randn(2, 16, 48))
