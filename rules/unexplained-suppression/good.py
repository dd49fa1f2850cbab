"""A call that is deprecated, and the reason why it stays."""

from __future__ import annotations

import torch
from torch import nn


class Net(nn.Module):
    """Two layers."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, width)
        self.fc2 = nn.Linear(width, 1)
        nn.init.xavier_uniform(self.fc1.weight)  # initlint: ignore[deprecated-init] torch 0.3 is supported until May

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(torch.tanh(self.fc1(x)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Net()(torch.randn(2, 64))
