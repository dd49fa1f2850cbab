"""In-place activations and masks."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)
        self.d = nn.Linear(8, 2)
        self.register_buffer("mask", torch.ones(8))

    def forward(self, x):
        x = self.a(x).relu_()
        x = F.leaky_relu_(self.b(x), 0.2)
        x = torch.tanh_(self.c(x))
        x = x * self.mask
        return self.d(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
