"""SELU networks whose weights or dropout undo the self-normalisation."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SNN(nn.Module):
    def __init__(self, dim=64, depth=6):
        super().__init__()
        layers = []
        for _ in range(depth):
            fc = nn.Linear(dim, dim)
            nn.init.kaiming_normal_(fc.weight, nonlinearity="relu")  # expect: selu-without-lecun
            layers += [fc, nn.SELU()]
        self.net = nn.Sequential(*layers)
        self.out = nn.Linear(dim, 2)

    def forward(self, x):
        return self.out(self.net(x))


class TabularSELU(nn.Module):
    def __init__(self, d_in=40, hidden=(256, 128, 64)):
        super().__init__()
        blocks, d = [], d_in
        for h in hidden:
            fc = nn.Linear(d, h)
            nn.init.normal_(fc.weight, 0, d ** -0.5)
            blocks += [fc, nn.SELU(), nn.Dropout(0.2)]  # expect: selu-without-lecun
            d = h
        self.body = nn.Sequential(*blocks)
        self.head = nn.Linear(d, 1)

    def forward(self, x):
        return self.head(self.body(x))


class FunctionalSELU(nn.Module):
    def __init__(self, dim=128):
        super().__init__()
        self.l1 = nn.Linear(dim, dim)
        self.l2 = nn.Linear(dim, dim)
        self.l3 = nn.Linear(dim, dim)
        self.l4 = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, 5)
        for m in (self.l1, self.l2, self.l3, self.l4):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")  # expect: selu-without-lecun
            nn.init.zeros_(m.bias)

    def forward(self, x):
        for m in (self.l1, self.l2, self.l3, self.l4):
            x = F.selu(m(x))
        return self.head(x)
