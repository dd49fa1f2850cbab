"""A model with one head a task, in a dict that registers none of them."""

from __future__ import annotations

import torch
from torch import nn


class MultiTask(nn.Module):
    """A trunk and several heads."""

    def __init__(self, width: int = 64, tasks: tuple[str, ...] = ("age", "height")) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(8, width), nn.LayerNorm(width), nn.ReLU())
        self.heads = nn.ModuleDict({task: nn.Linear(width, 1) for task in tasks})  # expect: unregistered-layers

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        x = self.trunk(x)
        return {task: head(x) for task, head in self.heads.items()}


def example() -> dict[str, torch.Tensor]:
    """Builds the model and runs a batch."""
    return MultiTask()(torch.randn(2, 8))
