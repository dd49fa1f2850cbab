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


class Encoder(nn.Module):
    """Fills its layers before it has any."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(8, width)
        self.fc2 = nn.Linear(width, width)
        self.apply(fill)  # expect: init-before-layers

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(torch.relu(self.fc1(x)))


def fill(module: nn.Module) -> None:
    """Kaiming's draw for every linear layer."""
    if isinstance(module, nn.Linear):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(module.bias)


def example() -> torch.Tensor:
    """Builds the models and runs a batch."""
    return Classifier()(torch.randn(2, 8)) @ Encoder()(torch.randn(2, 8))[:, :2].T
