"""A classifier whose convolutions leave the bias to the norms."""

from __future__ import annotations

import torch
from torch import nn


class Images(nn.Module):
    """Two convolutions with norms."""

    def __init__(self, classes: int = 10) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(32)
        self.out = nn.Linear(32, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.norm1(self.conv1(x)))
        x = torch.relu(self.norm2(self.conv2(x)))
        return self.out(x.mean((2, 3)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Images()(torch.randn(4, 3, 16, 16))
