"""Implicit networks on sine with the default init or Xavier."""

import torch
import torch.nn as nn


class SineLayer(nn.Module):
    def __init__(self, i, o, omega=30.0):
        super().__init__()
        self.omega = omega
        self.linear = nn.Linear(i, o)  # expect: sine-without-siren

    def forward(self, x):
        return torch.sin(self.omega * self.linear(x))


class INR(nn.Module):
    def __init__(self, hidden=256, depth=3):
        super().__init__()
        self.net = nn.Sequential(SineLayer(2, hidden), *[SineLayer(hidden, hidden) for _ in range(depth)])
        self.out = nn.Linear(hidden, 3)

    def forward(self, coords):
        return self.out(self.net(coords))


class PINN(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.fc1 = nn.Linear(2, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, width)
        self.fc4 = nn.Linear(width, width)
        self.out = nn.Linear(width, 1)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)  # expect: sine-without-siren

    def forward(self, x):
        x = torch.sin(30 * self.fc1(x))
        x = torch.sin(30 * self.fc2(x))
        x = torch.sin(30 * self.fc3(x))
        x = torch.sin(30 * self.fc4(x))
        return self.out(x)
