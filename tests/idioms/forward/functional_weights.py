"""F.linear, F.conv2d and matmul with parameters of the module."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(8, 3, 3, 3) * 0.1)
        self.weight = nn.Parameter(torch.randn(16, 8) * 0.1)
        self.bias = nn.Parameter(torch.zeros(16))
        self.mix = nn.Parameter(torch.randn(16, 4) * 0.1)
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        x = F.relu(F.conv2d(x, self.kernel, padding=1)).mean((2, 3))
        x = torch.tanh(F.linear(x, self.weight, self.bias))
        x = F.relu(x @ self.mix)
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 5, 5)]
