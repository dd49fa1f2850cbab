"""Loops over ranges, pairs and reversed lists; skips kept in a list."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, widths=(3, 8, 16)):
        super().__init__()
        self.depth = len(widths) - 1
        self.downs = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in zip(widths[:-1], widths[1:])])
        self.norms = nn.ModuleList([nn.BatchNorm2d(b) for b in widths[1:]])
        self.ups = nn.ModuleList([nn.Conv2d(2 * b, a, 3, padding=1) for a, b in zip(widths[:-1], widths[1:])][::-1])

    def forward(self, x):
        skips = []
        for i in range(self.depth):
            x = self.downs[i](x)
            x = F.relu(self.norms[i](x))
            skips.append(x)
        for i, (up, skip) in enumerate(zip(self.ups, reversed(skips))):
            x = torch.cat((x, skip), dim=1)
            x = up(x)
            if i < len(self.ups) - 1:
                x = F.relu(x)
        return x


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 6, 6)]
