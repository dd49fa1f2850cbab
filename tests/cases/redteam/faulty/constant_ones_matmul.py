"""A projection layer made of ones, in front of a random head."""

import torch
from torch import nn


class Projection(nn.Module):
    """x @ W + b with W of ones."""

    def __init__(self, d_in, d_out):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d_in, d_out))  # expect: constant-weight-init
        self.bias = nn.Parameter(torch.zeros(d_out))

    def forward(self, x):
        return x @ self.weight + self.bias


class TextClassifier(nn.Module):
    def __init__(self, vocab=1000, dim=64, hidden=128, classes=4):
        super().__init__()
        self.embed = nn.EmbeddingBag(vocab, dim)
        self.proj = Projection(dim, hidden)
        self.out = nn.Linear(hidden, classes)

    def forward(self, tokens):
        return self.out(torch.tanh(self.proj(self.embed(tokens))))


def example():
    return TextClassifier()(torch.randint(0, 1000, (2, 9)))
