"""SIREN (Sitzmann et al. 2020): sine layers that are initialised by their place in the network."""

from __future__ import annotations

import math

import torch
from torch import nn


class SineLayer(nn.Module):
    def __init__(self, inputs: int, outputs: int, is_first: bool = False, omega: float = 30.0) -> None:
        super().__init__()
        self.inputs = inputs
        self.is_first = is_first
        self.omega = omega
        self.linear = nn.Linear(inputs, outputs)
        self.init_weights()

    def init_weights(self) -> None:
        with torch.no_grad():
            if self.is_first:
                self.linear.weight.uniform_(-1 / self.inputs, 1 / self.inputs)
            else:
                bound = math.sqrt(6 / self.inputs) / self.omega
                self.linear.weight.uniform_(-bound, bound)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.sin(self.omega * self.linear(x))


class Siren(nn.Module):
    def __init__(self, inputs: int = 2, width: int = 64, hidden: int = 3, outputs: int = 3) -> None:
        super().__init__()
        self.net = [SineLayer(inputs, width, is_first=True)]
        for _ in range(hidden):
            self.net.append(SineLayer(width, width, is_first=False))
        final = nn.Linear(width, outputs)
        with torch.no_grad():
            final.weight.uniform_(-math.sqrt(6 / width) / 30.0, math.sqrt(6 / width) / 30.0)
        self.net.append(final)
        self.net = nn.Sequential(*self.net)

    def forward(self, coordinates: torch.Tensor) -> torch.Tensor:
        return self.net(coordinates)
