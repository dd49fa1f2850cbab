"""`register_parametrization` with an own module."""

import torch
import torch.nn as nn
from torch.nn.utils import parametrize


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)
        parametrize.register_parametrization(self.fc, "weight", Symmetric())
        self.out = nn.Linear(16, 16)


def build():
    return Net()
