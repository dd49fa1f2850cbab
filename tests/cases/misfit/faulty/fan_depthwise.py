"""Kaiming fan_out on depthwise convolutions without norm: torch's fan out forgets the groups."""

import torch
import torch.nn as nn


class Separable(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.dw = nn.Conv2d(c, c, 3, padding=1, groups=c)
        self.pw = nn.Conv2d(c, c, 1)

    def forward(self, x):
        return torch.relu(self.pw(torch.relu(self.dw(x))))


class TinyNet(nn.Module):
    def __init__(self, c=64):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        self.blocks = nn.Sequential(Separable(c), Separable(c), Separable(c))
        self.fc = nn.Linear(c, 10)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")  # expect: wrong-fan
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc(self.blocks(torch.relu(self.stem(x))).mean((2, 3)))
