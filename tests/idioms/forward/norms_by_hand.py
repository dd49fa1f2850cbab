"""Normalisation written by hand or called as a function."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        dtype = x.dtype
        x = x.to(torch.float32)
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)
        return self.weight * x.to(dtype)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = RMSNorm(8)
        self.one = nn.Linear(8, 8)
        self.two = nn.Linear(8, 8)
        self.three = nn.Linear(8, 8)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = x + torch.relu(self.one(self.norm(x)))
        x = F.relu(F.layer_norm(self.two(x), (8,)))
        x = F.normalize(self.three(x), dim=-1)
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]

