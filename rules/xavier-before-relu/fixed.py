"""A deep ReLU regressor with Xavier weights: the signal's variance halves at every layer."""

from __future__ import annotations

import torch
from torch import nn


class DepthRegressor(nn.Module):
    """Ten hidden ReLU layers, neither norm nor skip."""

    def __init__(self, features: int = 64, width: int = 256, depth: int = 10) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(features, width), nn.ReLU()]
        for _ in range(depth - 1):
            layers += [nn.Linear(width, width), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(width, 1)
        self.apply(self._init_weights)

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")  # expect: xavier-before-relu
            nn.init.zeros_(module.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(x))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return DepthRegressor()(torch.randn(8, 64))
