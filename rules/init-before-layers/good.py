"""The same classes; the subclass runs the init when its layers are there."""

from __future__ import annotations

import torch
from torch import nn


class Initialised(nn.Module):
    """Draws all linear layers."""

    def _init(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)


class Classifier(Initialised):
    """A multilayer perceptron."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(8, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 2)
        self.apply(self._init)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Classifier()(torch.randn(2, 8))
