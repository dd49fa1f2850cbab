"""The same model with both on one scale."""

from __future__ import annotations

import torch
from torch import nn


class Detector(nn.Module):
    """Features of an encoder beside the raw input."""

    def __init__(self, features: int = 32, width: int = 64) -> None:
        super().__init__()
        self.first = nn.Linear(features, width)
        self.second = nn.Linear(width, width)
        self.mix = nn.Linear(width + features, width)
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        encoded = self.second(torch.relu(self.first(x)))
        return self.head(torch.relu(self.mix(torch.cat([encoded, x], dim=1))))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Detector(), torch.randn(17, 32)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
