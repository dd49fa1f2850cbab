"""Sigmoids that gate, attend, answer, or stand behind a norm."""

import torch
from torch import nn


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduced):
        super().__init__()
        self.down, self.up = nn.Conv2d(channels, reduced, 1), nn.Conv2d(reduced, channels, 1)

    def forward(self, x):
        scale = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.up(torch.relu(self.down(scale))))


class Gated(nn.Module):
    def __init__(self, width=64, depth=8):
        super().__init__()
        self.values = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.gates = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(depth))

    def forward(self, x):
        for value, gate, norm in zip(self.values, self.gates, self.norms):
            y = norm(x)
            x = x + value(y) * torch.sigmoid(gate(y))
        return x


class NormedSigmoids(nn.Module):
    def __init__(self, width=64, depth=8):
        super().__init__()
        layers = []
        for _ in range(depth):
            layers += [nn.Linear(width, width), nn.BatchNorm1d(width), nn.Sigmoid()]
        self.body = nn.Sequential(*layers)
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        return torch.sigmoid(self.out(self.body(x)))


class Shallow(nn.Module):
    """Two hidden sigmoid layers, as old tutorials have."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(784, 128), nn.Sigmoid(), nn.Linear(128, 64), nn.Sigmoid(), nn.Linear(64, 10)
        )

    def forward(self, x):
        return self.net(x)


class Trunk(nn.Module):
    def __init__(self, channels=32):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, 3, padding=1)
        self.blocks = nn.Sequential(*[SqueezeExcite(channels, 8) for _ in range(6)])
        self.head = nn.Linear(channels, 1)

    def forward(self, x):
        return torch.sigmoid(self.head(self.blocks(self.stem(x)).mean((2, 3))))


def example():
    NormedSigmoids()(torch.randn(4, 64))
    return Trunk()(torch.randn(2, 3, 8, 8))
