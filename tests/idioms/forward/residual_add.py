"""`x + f(x)`, `f(x) + x`, `x += f(x)`, torch.add and add_."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)
        self.d = nn.Linear(8, 8)
        self.e = nn.Linear(8, 8)
        self.f = nn.Linear(8, 8)
        self.g = nn.Linear(8, 8)

    def forward(self, x):
        x = x + self.a(x)
        x = self.b(x) + x
        x = torch.add(x, self.c(x))
        x = x.add(self.d(x))
        residual = x
        x = torch.tanh(self.e(x))
        x = self.f(x)
        x += residual
        return x.add_(self.g(x))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
