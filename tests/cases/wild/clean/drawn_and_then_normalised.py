"""Vectors of a spectral norm by hand: drawn, and then divided by their length."""

import torch
from torch import nn


def l2normalize(v, eps=1e-12):
    return v / (v.norm() + eps)


class SpectralNorm(nn.Module):
    def __init__(self, module):
        super().__init__()
        self.module = module
        weight = module.weight
        height, width = weight.shape
        u = nn.Parameter(weight.data.new(height).normal_(0, 1), requires_grad=False)
        v = nn.Parameter(weight.data.new(width).normal_(0, 1), requires_grad=False)
        u.data = l2normalize(u.data)
        v.data = l2normalize(v.data)
        self.weight_u, self.weight_v = u, v

    def forward(self, x):
        sigma = self.weight_u @ self.module.weight @ self.weight_v
        return x @ (self.module.weight / sigma).t()


class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.first = SpectralNorm(nn.Linear(width, width))
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))
