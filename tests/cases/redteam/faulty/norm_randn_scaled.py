"""Parameters as 0.01·randn, ReLU, eight layers."""

import torch
from torch import nn


class Dense(nn.Module):
    def __init__(self, fan_in, fan_out):
        super().__init__()
        self.W = nn.Parameter(0.01 * torch.randn(fan_in, fan_out))  # expect: weight-scale-too-small
        self.b = nn.Parameter(torch.zeros(fan_out))

    def forward(self, x):
        return torch.relu(x @ self.W + self.b)


class Model(nn.Module):
    def __init__(self, d=784, h=100, n=8, k=10):
        super().__init__()
        dims = [d] + [h] * n
        self.body = nn.Sequential(*(Dense(a, b) for a, b in zip(dims, dims[1:])))
        self.out = nn.Linear(h, k)

    def forward(self, x):
        return self.out(self.body(x.flatten(1)))


def example():
    return Model()(torch.rand(4, 1, 28, 28))
