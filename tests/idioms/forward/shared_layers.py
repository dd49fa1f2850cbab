"""One layer used twice, one activation used everywhere."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.ReLU(inplace=True)
        self.inp = nn.Linear(4, 8)
        self.mid = nn.Linear(8, 8)
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = self.act(self.inp(x))
        for _ in range(2):
            x = self.act(self.mid(x))
        return self.out(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 4)]
