"""Skips popped from a list, and a layer every few steps."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, depth=4):
        super().__init__()
        self.linears = nn.ModuleList()
        for i in range(depth):
            self.linears.append(nn.Linear(8 if i != 2 else 11, 8))
        self.skips = [2]
        self.out = nn.Linear(8, 1)

    def forward(self, points):
        h = points_in = torch.cat([points, torch.sin(points), points[:, :2]], -1)
        h = h[:, :8]
        for i, _ in enumerate(self.linears):
            if i in self.skips:
                h = torch.cat([points, h], -1)
            h = F.relu(self.linears[i](h))
        stack = [h, points_in]
        last = stack.pop(0)
        return self.out(last)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 3)]
