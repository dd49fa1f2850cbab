"""A learned factor on a branch."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc1 = nn.Linear(dim, dim * 4)
        self.fc2 = nn.Linear(dim * 4, dim)
        self.gamma = nn.Parameter(1e-5 * torch.ones(dim))

    def forward(self, x):
        shortcut = x
        x = self.fc2(F.gelu(self.fc1(self.norm(x))))
        if self.gamma is not None:
            x = self.gamma * x
        return shortcut + x


def build():
    return Net()


def inputs():
    return [torch.randn(3, 5, 8)]
