"""A functional hardtanh tower with Kaiming, ten layers."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Quantised(nn.Module):
    def __init__(self, d=64, width=256, depth=10, classes=10):
        super().__init__()
        self.inp = nn.Linear(d, width)
        self.hidden = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.out = nn.Linear(width, classes)
        self.reset()

    def reset(self):
        for m in [self.inp, *self.hidden]:
            nn.init.kaiming_uniform_(m.weight, mode="fan_in", nonlinearity="relu")  # expect: he-before-saturating
            nn.init.constant_(m.bias, 0.0)

    def forward(self, x):
        x = F.hardtanh(self.inp(x))
        for layer in self.hidden:
            x = F.hardtanh(layer(x))
        return self.out(x)


def example():
    return Quantised()(torch.randn(4, 64))
