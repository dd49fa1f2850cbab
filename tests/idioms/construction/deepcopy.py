"""`copy.deepcopy` clones a layer, as in the annotated transformer; the copies start equal."""

import copy
from copy import deepcopy

import torch.nn as nn


def clones(module, N):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(N)])


class Layer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)
        nn.init.orthogonal_(self.fc.weight)
        self.norm = nn.LayerNorm(size)


class Net(nn.Module):
    def __init__(self, size=20, N=3):
        super().__init__()
        layer = Layer(size)
        self.layers = clones(layer, N)
        self.target = deepcopy(self.layers)
        for p in self.target.parameters():
            p.requires_grad = False
        nn.init.zeros_(self.layers[1].fc.weight)
        self.embed = nn.Sequential(nn.Embedding(30, size), deepcopy(layer))
        nn.init.ones_(layer.norm.bias)


def build():
    return Net()
