"""A training module builds an empty-parameter network in its constructor and draws it in setup()."""

import torch
import torch.nn as nn


class Prototype(nn.Module):
    def __init__(self, classes=10, dim=32):
        super().__init__()
        self.prototypes = nn.Parameter(torch.empty(classes, dim))
        self.temperature = nn.Parameter(torch.ones(()))

    def forward(self, x):
        return -torch.cdist(x, self.prototypes) * self.temperature


class System(nn.Module):
    def __init__(self, dim=32):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(8, dim), nn.BatchNorm1d(dim), nn.ReLU(), nn.Linear(dim, dim))
        self.head = Prototype(dim=dim)

    def setup(self):
        nn.init.orthogonal_(self.head.prototypes)

    def forward(self, x):
        return self.head(self.encoder(x))


class Runner:
    def fit(self, system, x):
        system.setup()
        return system(x)


def example():
    return Runner().fit(System(), torch.randn(4, 8))
