"""Deep plain networks: ten layers in a list, thirty layers named one by one in a loop."""

from __future__ import annotations

import torch
from torch import nn


class TenLayers(nn.Module):
    def __init__(self, inputs: int = 64, width: int = 128, classes: int = 10, depth: int = 10) -> None:
        super().__init__()
        sizes = [inputs] + [width] * (depth - 1) + [classes]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.activation = nn.ReLU()
        for layer in self.layers[:-1]:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
        nn.init.xavier_normal_(self.layers[-1].weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)


class ThirtyLayers(nn.Module):
    def __init__(self, width: int = 96, depth: int = 30) -> None:
        super().__init__()
        self.depth = depth
        for index in range(depth):
            setattr(self, f"fc{index + 1}", nn.Linear(width, width))
        self.head = nn.Linear(width, 1)
        with torch.no_grad():
            for index in range(depth):
                layer = getattr(self, f"fc{index + 1}")
                layer.weight.normal_(0, (1.0 / layer.in_features) ** 0.5)
                layer.bias.uniform_(-0.05, 0.05)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for index in range(self.depth):
            x = torch.tanh(getattr(self, f"fc{index + 1}")(x))
        return self.head(x)


class PlainMlp(nn.Sequential):
    """Ten layers at torch's defaults."""

    def __init__(self, width: int = 100) -> None:
        layers: list[nn.Module] = []
        for _ in range(9):
            layers.append(nn.Linear(width, width))
            layers.append(nn.Sigmoid())
        layers.append(nn.Linear(width, 2))
        super().__init__(*layers)
