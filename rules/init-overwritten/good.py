"""The same detector; the head's prior is set after the blanket init."""

from __future__ import annotations

import math

import torch
from torch import nn


class DetectionHead(nn.Module):
    """Predicts class logits at each position; starts by calling everything background with probability 0.99."""

    def __init__(self, channels: int, classes: int, prior: float = 0.01) -> None:
        super().__init__()
        self.prior = prior
        self.classes = nn.Conv2d(channels, classes, 3, padding=1)

    def set_prior(self) -> None:
        nn.init.constant_(self.classes.bias, -math.log((1 - self.prior) / self.prior))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classes(x)


class Detector(nn.Module):
    """A normalised backbone and a head."""

    def __init__(self, channels: int = 32, classes: int = 20) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, channels, 3, stride=2, padding=1)
        self.norm1 = nn.GroupNorm(8, channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride=2, padding=1)
        self.norm2 = nn.GroupNorm(8, channels)
        self.head = DetectionHead(channels, classes)
        self.apply(self._init_weights)
        self.head.set_prior()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.norm1(self.conv1(image)))
        x = torch.relu(self.norm2(self.conv2(x)))
        return self.head(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Detector()(torch.randn(2, 3, 32, 32))
