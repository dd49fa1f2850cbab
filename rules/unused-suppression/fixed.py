"""A gate whose suppressions have outlived the fault that they were written for."""

from __future__ import annotations

import torch
from torch import nn


class GatedProjection(nn.Module):
    """Projects its input and gates the result."""

    def __init__(self, dim: int = 32) -> None:
        super().__init__()
        self.project = nn.Linear(dim, dim)
        self.gate = nn.Linear(dim, dim)
        nn.init.normal_(self.gate.weight, std=0.02)  # expect: unused-suppression
        nn.init.zeros_(self.gate.bias)  # expect: unused-suppression

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.project(x) * torch.sigmoid(self.gate(x))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return GatedProjection()(torch.randn(2, 32))
