"""Ten Gaussian linear layers: the product of random matrices has very unequal singular values."""

from __future__ import annotations

import torch
from torch import nn


class Flow(nn.Module):  # expect: ill-conditioned-jacobian
    """Layers of one width, input to output."""

    def __init__(self, width: int = 16, depth: int = 10) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=width**-0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = nn.functional.leaky_relu(layer(x), 0.9)
        return x


def initlint_probe() -> tuple[nn.Module, torch.Tensor]:
    """The model and a batch, for `initlint probe`."""
    return Flow(), torch.randn(17, 16)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    model, batch = initlint_probe()
    return model(batch)
