"""Residual branches that start closed, by a scalar or through tanh, and are opened by a loop over all parameters."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))
        self.outer = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width))
        self.alpha = nn.Parameter(torch.zeros(1))  # expect: init-overwritten
        self.beta = nn.Parameter(torch.zeros(width))  # expect: init-overwritten

    def forward(self, x):
        x = x + self.alpha * self.inner(x)
        return x + torch.tanh(self.beta) * self.outer(x)


class Net(nn.Module):
    def __init__(self, width=512, depth=24):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
            elif "norm" not in name and not name.endswith(("bias", "weight")):
                nn.init.uniform_(parameter)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))
