"""A parameter made by torch.empty, which nothing writes."""

from __future__ import annotations

import torch
from torch import nn


class Pool(nn.Module):
    """A learnt mix of positions."""

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        self.query = nn.Parameter(torch.empty(width))  # expect: not-finite
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weights = torch.softmax((x * self.query).sum(-1), dim=1)
        return self.head((x * weights.unsqueeze(-1)).sum(1))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Pool(), torch.randn(17, 5, 16)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
