"""What a forward replaces is not what the constructor made."""

import torch
from torch import nn


class Positions(nn.Embedding):
    def extend(self, count):
        self.weight = nn.Parameter(torch.zeros(count, self.embedding_dim))
        self.weight.requires_grad = False


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.positions = Positions(4, 6, padding_idx=1)
        self.head = nn.Linear(6, 2)
        self.seen = None

    def forward(self, x):
        if x.shape[0] > 4:
            self.positions.extend(x.shape[0])
        self.seen = self.positions(x)
        return self.head(self.seen)


def build():
    return Net()
