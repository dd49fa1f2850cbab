"""Stochastic depth on a branch."""

import torch
import torch.nn as nn


def drop_path(x, drop_prob: float = 0.0, training: bool = False):
    if drop_prob == 0.0 or not training:
        return x
    keep_prob = 1 - drop_prob
    shape = (x.shape[0],) + (1,) * (x.ndim - 1)
    random_tensor = keep_prob + torch.rand(shape, dtype=x.dtype, device=x.device)
    random_tensor.floor_()
    return x.div(keep_prob) * random_tensor


class DropPath(nn.Module):
    def __init__(self, drop_prob=None):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return drop_path(x, self.drop_prob, self.training)


class Net(nn.Module):
    def __init__(self, dim=8, drop=0.1):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, dim)
        self.path = DropPath(drop) if drop > 0.0 else nn.Identity()
        self.fc2 = nn.Linear(dim, dim)
        self.none = DropPath(0.0)

    def forward(self, x):
        x = x + self.path(self.fc(self.norm(x)))
        return x + self.none(self.fc2(x))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
