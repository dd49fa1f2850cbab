"""An ensemble of copies: all members compute the same."""

from __future__ import annotations

import copy

import torch
from torch import nn


class Ensemble(nn.Module):
    """Averages several regressors."""

    def __init__(self, features: int = 8, members: int = 4) -> None:
        super().__init__()
        member = nn.Sequential(nn.Linear(features, 32), nn.Tanh(), nn.Linear(32, 1))
        self.members = nn.ModuleList([copy.deepcopy(member) for _ in range(members)])  # expect: cloned-layers

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([member(x) for member in self.members]).mean(0)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Ensemble()(torch.randn(2, 8))
