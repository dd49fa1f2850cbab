"""Arguments that look odd and are right."""

import math

import torch
import torch.nn as nn


class Mixed(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.c1 = nn.Conv2d(3, c, 3, padding=1)
        self.bn = nn.BatchNorm2d(c)
        self.c2 = nn.Conv2d(c, c, 3, padding=1)
        self.c3 = nn.Conv2d(c, c, 3, padding=1)
        self.c4 = nn.Conv2d(c, c, 1)
        self.fc = nn.Linear(c, 5)
        self.scale = nn.Parameter(torch.empty(c))
        self.head = nn.Linear(c, 5)
        nn.init.kaiming_normal_(self.c1.weight, a=0.2)
        nn.init.normal_(self.bn.weight, 1.0, 0.02)
        nn.init.kaiming_uniform_(self.c2.weight, a=math.sqrt(5))
        nn.init.kaiming_normal_(self.c3.weight, 0, "fan_in", "leaky_relu")
        nn.init.kaiming_normal_(self.c4.weight, a=1)
        nn.init.normal_(self.fc.weight, std=0.01)
        nn.init.uniform_(self.scale)
        nn.init.xavier_uniform_(self.head.weight, gain=nn.init.calculate_gain("relu"))
        nn.init.uniform_(self.fc.bias, -0.1, 0.1)
        nn.init.normal_(self.head.bias, -4.6, 0.01)

    def forward(self, x):
        x = torch.relu(self.bn(self.c1(x)))
        x = torch.relu(self.bn(self.c2(x)))
        x = torch.relu(self.bn(self.c3(x)))
        x = self.c4(x).mean((2, 3)) * self.scale
        return self.fc(x), self.head(x)


def trunc_normal_(tensor, std=0.02):
    """An own function with its own order of arguments."""
    return nn.init.trunc_normal_(tensor, mean=0.0, std=std, a=-2 * std, b=2 * std)


class OwnHelper(nn.Module):
    def __init__(self, dim=32):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        trunc_normal_(self.fc.weight, 0.02)
        try:
            gain = nn.init.calculate_gain("gelu")
        except ValueError:
            gain = 1.0
        self.out = nn.Linear(dim, dim)
        nn.init.xavier_uniform_(self.out.weight, gain)

    def forward(self, x):
        return self.out(torch.tanh(self.fc(x)))
