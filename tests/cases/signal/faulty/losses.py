"""Losses that start far above log C."""

import torch
import torch.nn.functional as F
from torch import nn


class Gpt(nn.Module):
    """Tied by assignment, N(0, 1): the blocks are drawn, the table is forgotten."""

    def __init__(self, vocab=8000, width=192):
        super().__init__()
        self.tokens = nn.Embedding(vocab, width)  # expect: tied-embedding-scale
        self.mlp = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocab, bias=False)
        self.head.weight = self.tokens.weight
        for m in self.mlp:
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)

    def forward(self, ids):
        x = self.tokens(ids)
        return self.head(self.norm(x + self.mlp(x)))


class AnyWidth(nn.Module):
    """The width has no value, but whatever it is, the logits' variance is."""

    def __init__(self, vocab, width):
        super().__init__()
        self.table = nn.Embedding(vocab, width)  # expect-info: tied-embedding-scale
        self.norm = nn.LayerNorm(width)

    def forward(self, ids):
        return self.norm(self.table(ids)) @ self.table.weight.t()


class Loud(nn.Module):
    """Features of a sum over everything, straight into a softmax."""

    def __init__(self, classes=20):
        super().__init__()
        self.fc1 = nn.Linear(64, 1024)
        self.fc2 = nn.Linear(1024, classes)
        nn.init.kaiming_normal_(self.fc1.weight)
        nn.init.uniform_(self.fc2.weight, -0.5, 0.5)  # expect: initial-loss

    def forward(self, x, y):
        return F.cross_entropy(self.fc2(torch.relu(self.fc1(x))), y)


def example():
    Gpt()(torch.randint(0, 8000, (2, 5)))
    return Loud()(torch.randn(4, 64), torch.randint(0, 20, (4,)))
