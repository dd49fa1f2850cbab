"""Normalisation written out in forward, between deep default layers."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class NormedMLP(nn.Module):
    def __init__(self, dim=64, depth=14, out=4, eps=1e-5):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])
        self.g = nn.Parameter(torch.ones(depth, dim))
        self.out = nn.Linear(dim, out)
        self.eps = eps

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            mean = x.mean(dim=0, keepdim=True)
            std = x.std(dim=0, keepdim=True)
            x = F.relu((x - mean) / (std + self.eps) * self.g[i])
        return self.out(x)


def example():
    return NormedMLP()(torch.randn(8, 64))
