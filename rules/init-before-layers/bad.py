"""A base class initialises in its constructor, which runs before the subclass makes its layers."""

from __future__ import annotations

import torch
from torch import nn


class Initialised(nn.Module):
    """Draws all linear layers."""

    def __init__(self) -> None:
        super().__init__()
        self.apply(self._init)

    def _init(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)


class Classifier(Initialised):
    """A multilayer perceptron."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()  # expect: init-before-layers
        self.fc1 = nn.Linear(8, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Classifier()(torch.randn(2, 8))
