"""Super-resolution without norms, He in every branch: each of 16 blocks triples the variance."""

from __future__ import annotations

import torch
from torch import nn


class Block(nn.Module):
    """x + f(x) of two convolutions without norm."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.conv1.weight, nonlinearity="relu")
        nn.init.kaiming_normal_(self.conv2.weight, nonlinearity="relu")  # expect: unscaled-residual-stack

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv2(torch.relu(self.conv1(x)))


class SuperResolution(nn.Module):
    """Sixteen residual blocks between two convolutions, as EDSR has them."""

    def __init__(self, channels: int = 32, blocks: int = 16) -> None:
        super().__init__()
        self.head = nn.Conv2d(3, channels, 3, padding=1)
        self.body = nn.Sequential(*[Block(channels) for _ in range(blocks)])
        self.tail = nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.tail(self.body(self.head(image)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return SuperResolution()(torch.randn(2, 3, 12, 12))
