"""The same generator: Keras's momentum 0.8 is PyTorch's 0.2, and has a name."""

from __future__ import annotations

import torch
from torch import nn


class Generator(nn.Module):
    """Upsamples a latent twice."""

    def __init__(self, latent: int = 32, channels: int = 32) -> None:
        super().__init__()
        self.project = nn.Linear(latent, channels * 16)
        self.blocks = nn.Sequential(
            nn.BatchNorm2d(channels),
            nn.Upsample(scale_factor=2),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels, momentum=0.2),
            nn.LeakyReLU(0.2),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels, momentum=0.2),
            nn.LeakyReLU(0.2),
            nn.Conv2d(channels, 1, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        return self.blocks(self.project(z).unflatten(1, (-1, 4, 4)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Generator()(torch.randn(2, 32))
