"""Gains for another activation, and numbers that the layer's size makes far too large or too small."""

import math

import torch
from torch import nn


class ByHand(nn.Module):
    """A layer of its own with torch's reset_parameters, which is no init for ReLU."""

    def __init__(self, fan_in, fan_out):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(fan_out, fan_in))
        self.bias = nn.Parameter(torch.empty(fan_out))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))  # expect: wrong-gain
        nn.init.zeros_(self.bias)

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)


class Mlp(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.layers = nn.ModuleList([ByHand(width, width) for _ in range(6)])
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.out(x)


class TanhGain(nn.Module):
    """The gain of the activation that was there before."""

    def __init__(self, width=128):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(5)])
        for layer in self.layers:
            nn.init.xavier_uniform_(layer.weight, gain=nn.init.calculate_gain("tanh"))  # expect: wrong-gain

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


class Linearly(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(),
            nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1),
        )
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="linear")  # expect: wrong-gain

    def forward(self, x):
        return self.net(x)


class Huge(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 256)
        self.fc2 = nn.Linear(256, 10)
        nn.init.normal_(self.fc1.weight)  # expect: weight-scale-too-large
        nn.init.uniform_(self.fc1.bias, -0.1, 0.1)

    def forward(self, x):
        return self.fc2(torch.sigmoid(self.fc1(x)))


class Exploding(nn.Module):
    """0.1 is modest on 100 inputs, and four times too much on 4608."""

    def __init__(self, channels=512):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(channels, channels, 3, padding=1) for _ in range(6)])
        for conv in self.convs:
            conv.weight.data.normal_(0.0, 0.1)  # expect: weight-scale-too-large

    def forward(self, x):
        for conv in self.convs:
            x = torch.relu(conv(x))
        return x


def example():
    Huge()(torch.randn(4, 784))
    return Mlp()(torch.randn(4, 128))
