"""Sigmoid gates, squeeze and excitation, highway layers."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SqueezeExcite(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(width, width // 2, 1)
        self.fc2 = nn.Conv2d(width // 2, width, 1)

    def forward(self, x):
        gate = self.pool(x)
        gate = self.fc2(F.relu(self.fc1(gate)))
        return x * gate.sigmoid()


class Highway(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.plain = nn.Linear(width, width)
        self.gate = nn.Linear(width, width)

    def forward(self, x):
        t = torch.sigmoid(self.gate(x))
        return t * torch.tanh(self.plain(x)) + (1 - t) * x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.se = SqueezeExcite(8)
        self.highway = Highway(8)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = self.se(self.conv(x)).mean((2, 3))
        return self.out(self.highway(x))


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 6, 6)]
