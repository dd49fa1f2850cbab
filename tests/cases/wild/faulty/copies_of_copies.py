"""Copies of a block whose own layers are copies."""

import copy

from torch import nn


def clones(module, count):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(count)])  # expect: cloned-layers


class Mixer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linears = clones(nn.Linear(width, width), 3)
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        query, key, value = [linear(self.norm(x)) for linear in self.linears]
        return x + (query @ key.transpose(-2, -1) / x.size(-1) ** 0.5).softmax(-1) @ value


class Encoder(nn.Module):
    def __init__(self, width=128, depth=6):
        super().__init__()
        self.layers = clones(Mixer(width), depth)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
