"""He's init in every branch of a residual net without norm: the stream doubles and more at each block."""

from __future__ import annotations

import torch
from torch import nn


class Stream(nn.Module):
    """Ten residual blocks without norm."""

    def __init__(self, width: int = 64, depth: int = 10) -> None:
        super().__init__()
        self.first = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.second = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.head = nn.Linear(width, 2)
        for layer in [*self.first, *self.second]:
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for first, second in zip(self.first, self.second):
            x = x + second(torch.relu(first(x)))  # expect: residual-growth
        return self.head(x)


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Stream(), torch.randn(17, 64)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
