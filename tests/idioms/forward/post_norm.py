"""Norms behind each sum, chosen by a flag."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, dim, normalize_before=False):
        super().__init__()
        self.linear1 = nn.Linear(dim, 2 * dim)
        self.linear2 = nn.Linear(2 * dim, dim)
        self.norm = nn.LayerNorm(dim)
        self.dropout = nn.Dropout(0.1)
        self.normalize_before = normalize_before

    def forward_post(self, x):
        x2 = self.linear2(self.dropout(F.relu(self.linear1(x))))
        x = x + self.dropout(x2)
        return self.norm(x)

    def forward_pre(self, x):
        x2 = self.linear2(F.relu(self.linear1(self.norm(x))))
        return x + self.dropout(x2)

    def forward(self, x):
        if self.normalize_before:
            return self.forward_pre(x)
        return self.forward_post(x)


class Net(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.one = Block(dim)
        self.two = Block(dim, True)
        self.three = Block(dim)

    def forward(self, x):
        return self.three(self.two(self.one(x)))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
