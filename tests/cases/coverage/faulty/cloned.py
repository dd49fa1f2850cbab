"""Deep copies of one prototype, never drawn again."""
import copy

import torch
import torch.nn as nn


def clones(module, n):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(n)])  # expect: cloned-layers


class Attention(nn.Module):
    def __init__(self, d_model=64, h=4):
        super().__init__()
        self.h = h
        self.linears = clones(nn.Linear(d_model, d_model), 4)

    def forward(self, x):
        q, k, v = [lin(x) for lin in self.linears[:3]]
        return self.linears[3]((q @ k.transpose(-2, -1) / 8.0).softmax(-1) @ v)


class Refiner(nn.Module):
    def __init__(self, d=64, steps=3):
        super().__init__()
        block = nn.Sequential(nn.Linear(d, d), nn.LayerNorm(d), nn.ReLU())
        self.steps = nn.ModuleList(copy.deepcopy(block) for _ in range(steps))  # expect: cloned-layers
        self.head = nn.Linear(d, 3)

    def forward(self, x):
        for s in self.steps:
            x = x + s(x)
        return self.head(x)


class Decoder(nn.Module):
    """DETR-like heads: one per layer, all equal at the start."""

    def __init__(self, d=64, num_layers=6, num_classes=91):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(num_layers)])
        class_embed = nn.Linear(d, num_classes)
        self.class_embed = nn.ModuleList([copy.deepcopy(class_embed) for _ in range(num_layers)])  # expect: cloned-layers

    def forward(self, x):
        outs = []
        for layer, head in zip(self.layers, self.class_embed):
            x = torch.relu(layer(x))
            outs.append(head(x))
        return outs
