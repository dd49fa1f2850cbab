"""Layers in plain containers."""
import torch
import torch.nn as nn


class MultiHead(nn.Module):
    def __init__(self, d=64, heads=4):
        super().__init__()
        self.heads = [nn.Linear(d, d // heads) for _ in range(heads)]  # expect: unregistered-layers
        self.out = nn.Linear(d, d)

    def forward(self, x):
        return self.out(torch.cat([h(x) for h in self.heads], -1))


class MultiTask(nn.Module):
    def __init__(self, d=128, tasks=("age", "sex")):
        super().__init__()
        self.base = nn.Linear(d, d)
        self.towers = {}  # expect: unregistered-layers
        for t in tasks:
            self.towers[t] = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        h = torch.relu(self.base(x))
        return {t: tower(h) for t, tower in self.towers.items()}


class CrossNet(nn.Module):
    """The Parameters of a list belong to nobody."""

    def __init__(self, d, depth=3):
        super().__init__()
        self.w = [nn.Parameter(torch.randn(d, 1) * 0.01) for _ in range(depth)]  # expect: unregistered-layers
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(d)) for _ in range(depth)])

    def forward(self, x0):
        x = x0
        for w, b in zip(self.w, self.b):
            x = x0 * (x @ w) + b + x
        return x


class UNetBlocks(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        self.downs = []  # expect: unregistered-layers
        for i in range(3):
            self.downs.append(nn.Conv2d(c * 2 ** i, c * 2 ** (i + 1), 3, stride=2, padding=1))
        self.head = nn.Conv2d(c * 8, 1, 1)

    def forward(self, x):
        x = self.stem(x)
        for down in self.downs:
            x = torch.relu(down(x))
        return self.head(x)
