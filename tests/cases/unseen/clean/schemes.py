"""Schemes that fit."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class PerExpert(nn.Module):
    def __init__(self, n=4, d=64, h=128):
        super().__init__()
        self.w = nn.Parameter(torch.empty(n, d, h))
        self.v = nn.Parameter(torch.empty(n, h, d))
        nn.init.normal_(self.w, std=math.sqrt(2 / d))
        nn.init.uniform_(self.v, -1 / math.sqrt(h), 1 / math.sqrt(h))

    def forward(self, x):
        return torch.bmm(F.relu(torch.bmm(x, self.w)), self.v)


class HalfPrecisionRelu(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(d, d), nn.Linear(d, 1)
        nn.init.normal_(self.fc1.weight, 0, math.sqrt(2 / d))

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))


class GroupedNormed(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1, groups=4, bias=False)
        self.gn = nn.GroupNorm(4, c)
        nn.init.kaiming_normal_(self.conv.weight, mode="fan_out", nonlinearity="relu")
        nn.init.ones_(self.gn.weight)
        nn.init.zeros_(self.gn.bias)

    def forward(self, x):
        return x + torch.relu(self.gn(self.conv(x)))


class FourierFeatures(nn.Module):
    def __init__(self, m=64, h=64):
        super().__init__()
        self.register_buffer("B", torch.randn(2, m) * 10)
        self.fc1 = nn.Linear(2 * m, h)
        self.fc2 = nn.Linear(h, 3)

    def forward(self, x):
        p = 2 * math.pi * x @ self.B
        return self.fc2(torch.relu(self.fc1(torch.cat([p.sin(), p.cos()], -1))))


class SeluConv(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(c, c, 3, padding=1) for _ in range(4)])
        for m in self.convs:
            fan = m.in_channels * 9
            nn.init.trunc_normal_(m.weight, std=1 / math.sqrt(fan))
            nn.init.zeros_(m.bias)

    def forward(self, x):
        for m in self.convs:
            x = F.selu(m(x))
        return x.mean((2, 3))
