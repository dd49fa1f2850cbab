"""Sines with their own init, and sines that are no activation."""

import math

import torch
import torch.nn as nn


class Sine(nn.Module):
    def __init__(self, i, o, first=False, w0=30.0):
        super().__init__()
        self.linear, self.w0 = nn.Linear(i, o), w0
        with torch.no_grad():
            bound = 1 / i if first else math.sqrt(6 / i) / w0
            self.linear.weight.uniform_(-bound, bound)

    def forward(self, x):
        return torch.sin(self.w0 * self.linear(x))


class Siren(nn.Module):
    def __init__(self, h=128):
        super().__init__()
        self.net = nn.Sequential(Sine(2, h, first=True), Sine(h, h), Sine(h, h), nn.Linear(h, 3))

    def forward(self, x):
        return self.net(x)


class Time2Vec(nn.Module):
    """One periodic layer in front: an embedding of time, not a network on sine."""

    def __init__(self, k=16, hidden=64):
        super().__init__()
        self.freq = nn.Linear(1, k)
        self.fc = nn.Linear(2 * k, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, t):
        f = self.freq(t)
        return self.out(torch.relu(self.fc(torch.cat([torch.sin(f), torch.cos(f)], -1))))


class Snake(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(c, 1))
        self.conv1 = nn.Conv1d(1, c, 3, padding=1)
        self.conv2 = nn.Conv1d(c, c, 3, padding=1)
        self.conv3 = nn.Conv1d(c, 1, 3, padding=1)

    def forward(self, x):
        x = self.conv1(x)
        x = x + torch.sin(self.alpha * x) ** 2 / self.alpha
        x = self.conv2(x)
        x = x + torch.sin(self.alpha * x) ** 2 / self.alpha
        return self.conv3(x)


class PositionalMLP(nn.Module):
    def __init__(self, h=64, bands=6):
        super().__init__()
        self.bands = bands
        self.net = nn.Sequential(nn.Linear(3 * 2 * bands, h), nn.Softplus(), nn.Linear(h, 1))

    def forward(self, x):
        f = torch.cat([g(2 ** i * x) for i in range(self.bands) for g in (torch.sin, torch.cos)], -1)
        return self.net(f)
