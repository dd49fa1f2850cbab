"""Coordinate networks: SIREN, Fourier features, NeRF with its skip."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F


class SmallSiren(nn.Module):
    """Sine layers; with their own init, or torch's default."""

    def __init__(self, width: int = 128, depth: int = 4, omega: float = 30.0, own: bool = True) -> None:
        super().__init__()
        self.omega = omega
        self.layers = nn.ModuleList([nn.Linear(2 if index == 0 else width, width) for index in range(depth)])
        self.head = nn.Linear(width, 3)
        if own:
            for index, layer in enumerate(self.layers):
                bound = 1 / 2 if index == 0 else math.sqrt(6 / width) / omega
                nn.init.uniform_(layer.weight, -bound, bound)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.sin(self.omega * layer(x))
        return self.head(x)


class Fourier(nn.Module):
    """Random Fourier features before an MLP."""

    def __init__(self, features: int = 128, width: int = 128, scale: float = 2.0) -> None:
        super().__init__()
        self.frequencies = nn.Linear(3, features, bias=False)
        nn.init.normal_(self.frequencies.weight, std=scale)
        self.one, self.two = nn.Linear(2 * features, width), nn.Linear(width, width)
        self.head = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        z = self.frequencies(x)
        x = torch.cat([torch.sin(z), torch.cos(z)], dim=-1)
        return self.head(F.relu(self.two(F.relu(self.one(x)))))


class Nerf(nn.Module):
    """Eight layers with the input again in the middle, density and colour heads."""

    def __init__(self, inputs: int = 63, width: int = 128) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [nn.Linear(inputs if index == 0 else width + (inputs if index == 4 else 0), width) for index in range(8)]
        )
        self.density, self.feature = nn.Linear(width, 1), nn.Linear(width, width)
        self.view, self.colour = nn.Linear(width, width // 2), nn.Linear(width // 2, 3)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = x
        for index, layer in enumerate(self.layers):
            if index == 4:
                h = torch.cat([x, h], dim=-1)
            h = F.relu(layer(h))
        colour = torch.sigmoid(self.colour(F.relu(self.view(self.feature(h)))))
        return torch.cat([colour, F.relu(self.density(h))], dim=-1)
