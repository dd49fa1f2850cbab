"""SELU used as it should be, or where it doesn't matter."""

import torch
import torch.nn as nn


class SNN(nn.Module):
    def __init__(self, dim=64, depth=6):
        super().__init__()
        layers = []
        for _ in range(depth):
            fc = nn.Linear(dim, dim)
            nn.init.kaiming_normal_(fc.weight, nonlinearity="linear")
            nn.init.zeros_(fc.bias)
            layers += [fc, nn.SELU(), nn.AlphaDropout(0.1)]
        self.net = nn.Sequential(*layers)
        self.out = nn.Linear(dim, 2)

    def forward(self, x):
        return self.out(self.net(x))


class ByHand(nn.Module):
    def __init__(self, dims=(64, 32, 16)):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        for m in self.layers:
            nn.init.normal_(m.weight, 0, m.in_features ** -0.5)

    def forward(self, x):
        for m in self.layers:
            x = torch.selu(m(x))
        return x


class Normed(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(d, d), nn.BatchNorm1d(d), nn.SELU(), nn.Dropout(0.1), nn.Linear(d, d), nn.BatchNorm1d(d), nn.SELU(),
            nn.Dropout(0.1), nn.Linear(d, 1))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)

    def forward(self, x):
        return self.net(x)


class OneSelu(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, 1)

    def forward(self, x):
        return self.b(torch.selu(self.a(x)))
