"""The weights of a ReLU detector copied from torch's own reset_parameters, which is no init for ReLU."""

from __future__ import annotations

import torch
from torch import nn


class Detector(nn.Module):
    """Five convolutions with ReLU, each initialised for a leaky slope of √5."""

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
        )
        self.boxes = nn.Conv2d(channels, 4, 1)
        for layer in self.features:
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")  # expect: wrong-gain
                nn.init.zeros_(layer.bias)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.boxes(self.features(image))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Detector()(torch.randn(2, 3, 16, 16))
