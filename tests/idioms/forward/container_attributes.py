"""Containers used by attribute, index, slice, key and iteration."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8))
        self.items = nn.ModuleList([nn.Linear(8, 8) for _ in range(4)])
        self.named = nn.ModuleDict({"first": nn.Linear(8, 8), "act": nn.Tanh()})

    def forward(self, x):
        x = self.seq[0](x)
        x = self.seq[1](x)
        x = getattr(self.seq, "2")(x)
        x = self.items[0](F.relu(x))
        x = self.items[-1](torch.tanh(x))
        for layer in self.items[1:3]:
            x = F.gelu(layer(x))
        x = self.named["first"](x)
        return self.named["act"](x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
