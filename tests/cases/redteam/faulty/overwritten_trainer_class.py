"""The trainer's constructor wipes the zero-initialised residual output of the network it builds."""

import torch
import torch.nn as nn


class Denoiser(nn.Module):
    def __init__(self, ch=32):
        super().__init__()
        self.inp = nn.Conv2d(1, ch, 3, padding=1)
        self.norm = nn.BatchNorm2d(ch)
        self.out = nn.Conv2d(ch, 1, 3, padding=1)
        nn.init.zeros_(self.out.weight)  # expect: init-overwritten
        nn.init.zeros_(self.out.bias)

    def forward(self, x):
        return x - self.out(torch.relu(self.norm(self.inp(x))))


class Trainer:
    def __init__(self, lr=1e-3):
        self.model = Denoiser()
        self.model.apply(self._init)
        self.opt = torch.optim.Adam(self.model.parameters(), lr=lr)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight)

    def step(self, x):
        return self.model(x)


def example():
    return Trainer().step(torch.rand(4, 1, 8, 8))
