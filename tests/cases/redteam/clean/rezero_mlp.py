"""ReZero: deep residual MLP without norm, each branch behind a scalar zero."""

import torch
import torch.nn as nn


class ReZeroBlock(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)
        self.resweight = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x + self.resweight * self.fc2(torch.relu(self.fc1(x)))


class ReZeroNet(nn.Module):
    def __init__(self, in_dim=32, dim=128, depth=32, classes=10):
        super().__init__()
        self.stem = nn.Linear(in_dim, dim)
        self.blocks = nn.ModuleList([ReZeroBlock(dim, dim * 2) for _ in range(depth)])
        self.head = nn.Linear(dim, classes)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = self.stem(x)
        for b in self.blocks:
            x = b(x)
        return self.head(x)


def example():
    return ReZeroNet()(torch.randn(4, 32))
