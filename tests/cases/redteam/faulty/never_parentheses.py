"""The init method is named, not called."""

import torch
import torch.nn as nn


class Discriminator(nn.Module):
    def __init__(self, in_dim=64, hidden=128):
        super().__init__()
        self.fc1 = nn.Linear(in_dim, hidden)
        self.bn = nn.BatchNorm1d(hidden)
        self.fc2 = nn.Linear(hidden, 1)
        self.init_weights

    def init_weights(self):  # expect: init-never-applied
        nn.init.kaiming_normal_(self.fc1.weight)
        nn.init.normal_(self.fc2.weight, std=0.01)
        nn.init.zeros_(self.fc1.bias)
        nn.init.zeros_(self.fc2.bias)

    def forward(self, x):
        return self.fc2(torch.relu(self.bn(self.fc1(x))))


def example():
    return Discriminator()(torch.randn(4, 64))
