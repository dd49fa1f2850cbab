"""A plain convolutional network with the N(0, 0.01) of 2012, and twice the depth."""

from __future__ import annotations

import torch
from torch import nn


class PlainNet(nn.Module):
    """Eight convolutions and a classifier, without norms."""

    def __init__(self, channels: int = 64, classes: int = 10) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, channels, 3, padding=1), nn.ReLU()]
        for _ in range(7):
            layers += [nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")  # expect: weight-scale-too-small
                nn.init.zeros_(module.bias)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(image).mean(dim=(2, 3)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return PlainNet()(torch.randn(2, 3, 16, 16))
