"""Models."""

import torch
import torch.nn as nn


class Plain(nn.Module):
    def __init__(self, features=20, width=100, depth=11):
        super().__init__()
        sizes = [features] + [width] * depth
        self.fcs = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))
        self.act = nn.ReLU()
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        for fc in self.fcs:
            x = self.act(fc(x))
        return self.last(x)
