"""Norms by hand whose weight is multiplied in before the norm is complete, and others with functions of weights alone."""

import torch
import torch.nn as nn


class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return self.weight * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)


class OffsetNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        return x * (1.0 + self.weight) / torch.sqrt(x.square().mean(-1, keepdim=True) + 1e-6)


class Snake(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x + (self.alpha + 1e-9).reciprocal() * torch.sin(self.alpha * x).pow(2)


class Frozen(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.register_buffer("spread", torch.ones(dim))

    def forward(self, x):
        return x * (self.spread + 1e-5).rsqrt()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = RMSNorm(8)
        self.other = OffsetNorm(8)
        self.frozen = Frozen(8)
        self.snake = Snake(8)
        self.one = nn.Linear(8, 8)
        self.two = nn.Linear(8, 8)
        self.three = nn.Linear(8, 8)
        self.sinks = nn.Linear(8, 8)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = x + torch.relu(self.one(self.norm(x)))
        x = self.other(self.two(x))
        x = self.snake(self.frozen(self.three(x)))
        scores = self.sinks(x)
        x = x * torch.sigmoid(torch.logsumexp(scores, dim=-1, keepdim=True) - 1.0)
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
