"""torch.jit decorators on methods and functions."""

import torch
import torch.nn as nn


@torch.jit.script
def gelu(x):
    return x * 0.5 * (1.0 + torch.erf(x / 1.41421))


@torch.jit.ignore
def helper(x, layer: nn.Linear):
    return layer(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)

    @torch.jit.export
    def encode(self, x):
        return torch.relu(self.a(x))

    @torch.jit.unused
    def middle(self, x):
        return torch.tanh(self.b(x))

    @torch.no_grad()
    def frozen(self, x):
        return torch.sigmoid(self.c(x))

    def forward(self, x):
        return self.frozen(self.middle(self.encode(x)))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
