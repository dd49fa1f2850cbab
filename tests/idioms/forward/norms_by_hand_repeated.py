"""Norms by hand on what several layers gave: modules that are built alike, each called with another tensor."""

import torch
import torch.nn as nn


class ScaleNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(4))

    def forward(self, x):
        x = x.float()
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


class Bent(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.erf(x / 1.41421))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(8, 8)
        self.k = nn.Linear(8, 8)
        self.q_norm = ScaleNorm()
        self.k_norm = ScaleNorm()
        self.up = nn.Linear(8, 8)
        self.down = nn.Linear(8, 8)
        self.one = Bent()
        self.other = Bent()
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        q = self.q_norm(self.q(x).view(3, 2, 4).transpose(0, 1))
        k = self.k_norm(self.k(x).view(3, 2, 4).transpose(0, 1))
        x = torch.softmax(q @ k.transpose(1, 2), -1).sum((0, 1, 2)) * x
        x = self.one(self.up(x).view(3, 8))
        x = self.other(self.down(x).view(3, 8))
        return self.head(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
