"""A response that is scaled by how its channels' norms compare: ConvNeXt V2's, which normalises nothing."""

import torch
from torch import nn


class GlobalResponse(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(torch.zeros(1, 1, 1, dim))
        self.beta = nn.Parameter(torch.zeros(1, 1, 1, dim))

    def forward(self, x):
        spread = torch.norm(x, p=2, dim=(1, 2), keepdim=True)
        compared = spread / (spread.mean(dim=-1, keepdim=True) + 1e-6)
        return self.gamma * (x * compared) + self.beta + x


class Net(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.up = nn.Linear(dim, 4 * dim)
        self.response = GlobalResponse(4 * dim)
        self.down = nn.Linear(4 * dim, dim)

    def forward(self, x):
        return x + self.down(self.response(nn.functional.gelu(self.up(self.norm(x)))))


def build():
    return Net()


def inputs():
    return (torch.randn(2, 4, 4, 8),)
