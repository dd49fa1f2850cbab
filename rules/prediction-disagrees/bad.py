"""A layer whose call scales what its forward gives, behind the back of whoever reads the forward."""

from __future__ import annotations

import torch
from torch import nn


class Louder(nn.Linear):
    """A linear layer that is called in a way of its own."""

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return 6 * super().__call__(x)


class Regressor(nn.Module):
    """Two hidden layers."""

    def __init__(self, features: int = 64, width: int = 64) -> None:
        super().__init__()
        self.first = Louder(features, width)
        self.second = nn.Linear(width, width)  # expect: prediction-disagrees
        self.head = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.relu(self.second(torch.relu(self.first(x)))))


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Regressor(), torch.randn(17, 64)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
