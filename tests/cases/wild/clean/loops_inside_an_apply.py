"""An init that is applied to all modules looks for names that only some of them hold."""

import math
from functools import partial

import torch
from torch import nn


def _init_weights(module, depth, std=0.02):
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=std)
    for name, parameter in module.named_parameters():
        if name in ["out_proj.weight", "fc2.weight"]:
            nn.init.kaiming_uniform_(parameter, a=math.sqrt(5))
            with torch.no_grad():
                parameter /= math.sqrt(depth)


class Mixer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.in_proj = nn.Linear(width, 2 * width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x):
        value, gate = self.in_proj(x).chunk(2, -1)
        return self.out_proj(value * torch.sigmoid(gate))


class Language(nn.Module):
    def __init__(self, words=1000, width=64, depth=4):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.mixers = nn.ModuleList([Mixer(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, words, bias=False)
        self.apply(partial(_init_weights, depth=depth))

    def forward(self, ids):
        x = self.words(ids)
        for norm, mixer in zip(self.norms, self.mixers):
            x = x + mixer(norm(x))
        return self.head(self.norm(x))
