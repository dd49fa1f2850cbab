"""Plain containers, clones, shared instances."""
from copy import deepcopy

import torch
import torch.nn as nn


class FPN(nn.Module):
    def __init__(self, ins=(64, 128, 256), out=64):
        super().__init__()
        self.lateral = tuple(nn.Conv2d(i, out, 1) for i in ins)  # expect: unregistered-layers
        self.smooth = nn.ModuleList([nn.Conv2d(out, out, 3, padding=1) for _ in ins])

    def forward(self, xs):
        return [s(l(x)) for s, l, x in zip(self.smooth, self.lateral, xs)]


class MultiScale(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        convs = []
        for k in (3, 5, 7):
            convs.append(nn.Conv1d(d, d, k, padding=k // 2))
        self.convs = convs  # expect: unregistered-layers
        self.fc = nn.Linear(3 * d, 2)

    def forward(self, x):
        return self.fc(torch.cat([torch.relu(c(x)).max(-1)[0] for c in self.convs], 1))


class EnsembleCritic(nn.Module):
    def __init__(self, d=20, n=2):
        super().__init__()
        q = nn.Sequential(nn.Linear(d, 64), nn.ReLU(), nn.Linear(64, 1))
        self.qs = nn.ModuleList()
        for _ in range(n):
            self.qs.append(deepcopy(q))  # expect: cloned-layers

    def forward(self, x):
        return torch.stack([q(x) for q in self.qs])


class Stack(nn.Module):
    def __init__(self, d=32, n=6):
        super().__init__()
        layer = nn.Linear(d, d)
        self.layers = nn.ModuleList([layer for _ in range(n)])  # expect: shared-instance
        self.norms = nn.ModuleList([nn.LayerNorm(d) for _ in range(n)])

    def forward(self, x):
        for l, n in zip(self.layers, self.norms):
            x = x + torch.relu(l(n(x)))
        return x
