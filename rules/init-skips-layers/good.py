"""The same autoencoder; all of its convolutions are drawn."""

from __future__ import annotations

import torch
from torch import nn


class Autoencoder(nn.Module):
    """Two steps down, two up."""

    def __init__(self, channels: int = 16) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(3, channels, 4, stride=2, padding=1)
        self.down2 = nn.Conv2d(channels, 2 * channels, 4, stride=2, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * channels, channels, 4, stride=2, padding=1)
        self.up1 = nn.ConvTranspose2d(channels, channels, 4, stride=2, padding=1)
        self.image = nn.Conv2d(channels, 3, 3, padding=1)
        for module in self.modules():
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.down2(torch.relu(self.down1(x))))
        x = torch.relu(self.up1(torch.relu(self.up2(x))))
        return self.image(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Autoencoder()(torch.randn(2, 3, 16, 16))
