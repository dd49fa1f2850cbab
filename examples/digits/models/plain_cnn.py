"""A plain convolutional network without normalisation."""

from __future__ import annotations

import torch
from torch import nn


class PlainCNN(nn.Module):
    """Convolutions and ReLUs in one chain, then a linear classifier."""

    def __init__(self, width: int = 32, depth: int = 10, classes: int = 10) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(1, width, 3, padding=1), nn.ReLU(inplace=True)]
        for _ in range(depth - 1):
            layers += [nn.Conv2d(width, width, 3, padding=1), nn.ReLU(inplace=True)]
        self.features = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(width, classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        features = self.pool(self.features(images))
        return self.classifier(torch.flatten(features, 1))
