"""The base class's finish() fills what the subclass makes."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class MaskedBase(nn.Module):
    """Layers with a weight and a fixed mask."""

    def finish(self):
        fan_in = self.weight.shape[1:].numel()
        bound = math.sqrt(6.0 / fan_in)
        with torch.no_grad():
            self.weight.uniform_(-bound, bound)
            if self.bias is not None:
                self.bias.fill_(0.0)


class MaskedLinear(MaskedBase):
    def __init__(self, cin, cout, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(cout, cin))
        self.bias = nn.Parameter(torch.empty(cout)) if bias else None
        self.register_buffer("mask", torch.ones(cout, cin))
        self.finish()

    def forward(self, x):
        return F.linear(x, self.weight * self.mask, self.bias)


class MaskedConv(MaskedBase):
    def __init__(self, cin, cout, k):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(cout, cin, k, k))
        self.bias = nn.Parameter(torch.empty(cout))
        self.register_buffer("mask", torch.ones(cout, cin, k, k))
        self.finish()

    def forward(self, x):
        return F.conv2d(x, self.weight * self.mask, self.bias, padding=1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = MaskedConv(1, 16, 3)
        self.fc1 = MaskedLinear(16, 64)
        self.fc2 = MaskedLinear(64, 10)

    def forward(self, x):
        x = F.relu(self.conv(x)).mean((2, 3))
        return self.fc2(F.relu(self.fc1(x)))


def example():
    return Net()(torch.rand(4, 1, 8, 8))
