"""A digit classifier with one constant for all weights, and a GAN's critic with mean and std swapped."""

from __future__ import annotations

import torch
from torch import nn


def init_weights(module: nn.Module) -> None:
    """Meant to start "small and fair"."""
    if isinstance(module, nn.Linear):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")  # expect: constant-weight-init
        nn.init.zeros_(module.bias)


class DigitNet(nn.Module):
    """Two hidden layers over 28x28 images."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.fc1 = nn.Linear(28 * 28, width)
        self.fc2 = nn.Linear(width, width)
        self.digits = nn.Linear(width, 10)
        self.apply(init_weights)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.fc1(image.flatten(1)))
        x = torch.relu(self.fc2(x))
        return self.digits(x)


class Critic(nn.Module):
    """Scores samples; the weights should be N(0, 0.02)."""

    def __init__(self, features: int = 32, width: int = 64) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, width)
        self.score = nn.Linear(width, 1)
        nn.init.normal_(self.hidden.weight, mean=0.0, std=0.02)  # expect: constant-weight-init

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.score(nn.functional.leaky_relu(self.hidden(x), 0.2))


def example() -> tuple[torch.Tensor, torch.Tensor]:
    """Builds the models and runs a batch."""
    return DigitNet()(torch.randn(8, 1, 28, 28)), Critic()(torch.randn(8, 32))
