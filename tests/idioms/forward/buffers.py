"""Buffers whose elements are computed in ways that nobody reads, as the input of layers and as factors."""

import torch
import torch.nn as nn


class Bias(nn.Module):
    def __init__(self, size):
        super().__init__()
        grid = torch.stack(torch.meshgrid([torch.arange(size), torch.arange(size)], indexing="ij")).flatten(1)
        table = torch.sign(grid.float()) * torch.log2(torch.abs(grid) + 1.0)
        self.register_buffer("table", table.t(), persistent=False)
        self.mlp = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8))

    def forward(self):
        return self.mlp(self.table)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.bias = Bias(3)
        self.scale = nn.Buffer(torch.cumsum(torch.ones(8), 0))
        self.a = nn.Linear(8, 8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.a(x) * self.scale + self.bias())


def build():
    return Net()


def inputs():
    return [torch.randn(9, 8)]
