"""Outputs in a dataclass."""

from dataclasses import dataclass
from typing import Optional

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclass
class Hidden:
    state: torch.Tensor
    pooled: Optional[torch.Tensor] = None


@dataclass
class Pair:
    left: torch.Tensor
    right: torch.Tensor


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.pool = nn.Linear(8, 8)

    def forward(self, x):
        x = torch.relu(self.fc(x))
        return Hidden(state=x, pooled=torch.tanh(self.pool(x)))


class Split(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Linear(8, 4)
        self.right = nn.Linear(8, 4)

    def forward(self, x):
        return Pair(self.left(x), right=self.right(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.split = Split()
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        hidden = self.encoder(x)
        pair = self.split(hidden.pooled)
        return self.out(F.relu(pair.left) * torch.sigmoid(pair.right))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
