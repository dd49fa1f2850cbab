"""Arguments that make the call raise."""

import math

import torch
import torch.nn as nn


class MLPMixerBlock(nn.Module):
    def __init__(self, dim=64, hidden=256):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)
        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="gelu")  # expect: bad-init-argument

    def forward(self, x):
        return self.fc2(torch.nn.functional.gelu(self.fc1(x)))


class SwishNet(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(2)])
        for layer in self.layers:
            gain = nn.init.calculate_gain("silu")  # expect: bad-init-argument
            nn.init.xavier_uniform_(layer.weight, gain=gain)

    def forward(self, x):
        for layer in self.layers:
            x = torch.nn.functional.silu(layer(x))
        return x


class Small(nn.Module):
    def __init__(self, c=3):
        super().__init__()
        self.conv1 = nn.Conv2d(c, 16, 3)
        self.conv2 = nn.Conv2d(16, 16, 3)
        self.conv3 = nn.Conv2d(16, 16, 3)
        nn.init.kaiming_normal_(self.conv1.weight, mode="fan_avg", nonlinearity="relu")  # expect: bad-init-argument
        nn.init.kaiming_uniform_(self.conv2.weight, "relu")  # expect: bad-init-argument
        nn.init.uniform_(self.conv3.weight, 0.05, -0.05)  # expect: bad-init-argument

    def forward(self, x):
        return self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x)))))


class Embedder(nn.Module):
    def __init__(self, n=100, dim=16):
        super().__init__()
        self.item = nn.Embedding(n, dim)
        self.user = nn.Embedding(n, dim)
        self.item.weight.data.uniform_(1 / dim, -1 / dim)  # expect: bad-init-argument
        nn.init.normal_(self.user.weight, 0, -0.01)  # expect: bad-init-argument

    def forward(self, u, i):
        return (self.user(u) * self.item(i)).sum(-1)
