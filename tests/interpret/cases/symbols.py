"""Sizes that are arguments: they stay symbols, and scales cancel. Live: no, the arguments have no default."""

import math

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, inputs, hidden, depth, heads=4):
        super().__init__()
        self.inner = nn.Linear(inputs, 4 * hidden)
        self.head = nn.Linear(hidden // heads, hidden + 1)
        self.blocks = nn.ModuleList([nn.Linear(hidden, hidden) for _ in range(depth)])
        self.table = nn.Parameter(torch.randn(1, hidden) / math.sqrt(hidden))
        nn.init.kaiming_normal_(self.inner.weight, nonlinearity="relu")
        nn.init.normal_(self.blocks[0].weight, std=1 / hidden**0.5)
        for block in self.blocks:
            nn.init.zeros_(block.bias)

    def forward(self, x):
        x = torch.relu(self.inner(x))
        for block in self.blocks:
            x = torch.relu(block(x))
        return x


class ToldLater(nn.Module):
    """A number of inputs may be told later; the argument's name says that it is such a number, so that it is told."""

    def __init__(self, in_channels, out_channels, extra):
        super().__init__()
        if in_channels == -1:
            self.weight = nn.UninitializedParameter()
        elif in_channels > 0:
            self.weight = nn.Parameter(torch.empty(out_channels, in_channels))
            nn.init.xavier_uniform_(self.weight)
        if extra > 0:  # which may be none
            self.extra = nn.Linear(extra, 2)

    def forward(self, x):
        return x @ self.weight.t()
