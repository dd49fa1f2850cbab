"""Subclasses of Sequential, with the forward of the base or one of their own."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvNormAct(nn.Sequential):
    def __init__(self, a, b):
        super().__init__(nn.Linear(a, b), nn.LayerNorm(b), nn.ReLU())


class Skip(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Many(nn.Sequential):
    def forward(self, x, scale=None):
        for module in self:
            x = module(x) if scale is None else module(x) * scale
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = ConvNormAct(8, 8)
        self.two = Skip(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 8))
        self.three = Many(nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 2))

    def forward(self, x):
        return self.three(self.two(self.one(x)))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]

