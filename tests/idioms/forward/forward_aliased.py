"""`forward = other` and `__call__` of another method."""

import torch
import torch.nn as nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def encode(self, x):
        return torch.tanh(self.fc(x))

    forward = encode


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()
        self.fc = nn.Linear(8, 8)
        self.out = nn.Linear(8, 2)
        self.act = torch.relu

    def forward(self, x):
        x = self.part.encode(x) + self.part(x)
        x = self.act(self.fc.forward(x))
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
