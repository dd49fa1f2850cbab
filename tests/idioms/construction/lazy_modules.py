"""Lazy layers get their shapes from the first input; the others are as usual."""

import torch
import torch.nn as nn


# The sizes come with the first input.
UNKNOWN = {"conv.weight", "norm.weight", "norm.bias", "fc.weight", "conv.bias", "fc.bias"}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.LazyConv2d(8, 3)
        self.norm = nn.LazyBatchNorm2d()
        self.fc = nn.LazyLinear(10)
        self.last = nn.Linear(10, 30)

    def forward(self, x):
        return self.last(self.fc(self.norm(self.conv(x)).flatten(1)))


def build():
    model = Net()
    model(torch.randn(2, 3, 8, 8))
    return model
