"""A highway network: 20 layers, gates with bias −1, no norm."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Highway(nn.Module):
    def __init__(self, size, num_layers=20):
        super().__init__()
        self.nonlinear = nn.ModuleList([nn.Linear(size, size) for _ in range(num_layers)])
        self.gate = nn.ModuleList([nn.Linear(size, size) for _ in range(num_layers)])
        for g in self.gate:
            g.bias.data.fill_(-2.0)

    def forward(self, x):
        for lin, gate in zip(self.nonlinear, self.gate):
            g = torch.sigmoid(gate(x))
            x = g * F.relu(lin(x)) + (1 - g) * x
        return x


class CharModel(nn.Module):
    def __init__(self, vocab=60, dim=64, classes=5):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.highway = Highway(dim)
        self.fc = nn.Linear(dim, classes)

    def forward(self, x):
        return self.fc(self.highway(self.embed(x).mean(1)))


def example():
    return CharModel()(torch.randint(0, 60, (4, 9)))
