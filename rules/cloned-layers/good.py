"""The same ensemble; each member is drawn by itself."""

from __future__ import annotations

import torch
from torch import nn


def make_member(features: int) -> nn.Sequential:
    """One regressor."""
    return nn.Sequential(nn.Linear(features, 32), nn.Tanh(), nn.Linear(32, 1))


class Ensemble(nn.Module):
    """Averages several regressors."""

    def __init__(self, features: int = 8, members: int = 4) -> None:
        super().__init__()
        self.members = nn.ModuleList([make_member(features) for _ in range(members)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([member(x) for member in self.members]).mean(0)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Ensemble()(torch.randn(2, 8))
