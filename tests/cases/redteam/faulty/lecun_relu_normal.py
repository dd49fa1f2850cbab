"""normal_(0, 1/√fan_in) before ReLU, six layers deep."""

import math

import torch
from torch import nn


class DeepSet(nn.Module):
    """phi over the elements, sum, rho over the set."""

    def __init__(self, d_in=16, width=128, d_out=1, depth=6):
        super().__init__()
        self.phi = self._mlp(d_in, width, depth)
        self.rho = nn.Linear(width, d_out)

    def _mlp(self, d_in, width, depth):
        layers = []
        for i in range(depth):
            lin = nn.Linear(d_in if i == 0 else width, width)
            nn.init.normal_(lin.weight, mean=0.0, std=1 / math.sqrt(lin.in_features))  # expect: xavier-before-relu
            nn.init.zeros_(lin.bias)
            layers += [lin, nn.ReLU()]
        return nn.Sequential(*layers)

    def forward(self, x):
        return self.rho(self.phi(x).sum(dim=1))


def example():
    return DeepSet()(torch.randn(3, 5, 16))
