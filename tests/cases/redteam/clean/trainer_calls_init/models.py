"""Models."""

import torch
import torch.nn as nn

from .registry import register


@register("regnet")
class RegressionNet(nn.Module):
    def __init__(self, in_dim=16, width=64, depth=10):
        super().__init__()
        dims = [in_dim] + [width] * depth
        self.hidden = nn.ModuleList([nn.Linear(i, o) for i, o in zip(dims[:-1], dims[1:])])
        self.out = nn.Linear(width, 1)
        self.scale = nn.Parameter(torch.empty(1))

    def init_weights(self):
        for layer in self.hidden:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
        nn.init.ones_(self.scale)

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.out(x) * self.scale
