"""Values handed on by star arguments, map, reduce and while loops."""

from functools import reduce

import torch
import torch.nn as nn
import torch.nn.functional as F


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Linear(8, 8)
        self.right = nn.Linear(8, 8)

    def forward(self, a, b, *, swap=False, **unused):
        a, b = self.left(a), self.right(b)
        return (b, a) if swap else (a, b)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pair = Pair()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(2)])
        self.tail = nn.ModuleList([nn.Linear(8, 8) for _ in range(2)])
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        pair = (x, torch.relu(x))
        options = {"swap": True, "other": 1}
        a, b = self.pair(*pair, **options)
        x = torch.tanh(a) * torch.tanh(b)
        x = reduce(lambda value, layer: F.relu(layer(value)), self.layers, x)
        count = 0
        while count < len(self.tail):
            x = F.silu(self.tail[count](x))
            count += 1
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]

