"""Orthogonal matrices without ReLU's gain: two layers train, six do not."""

import torch
import torch.nn as nn


class Six(nn.Module):
    def __init__(self, d=256, depth=6):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(d, d) for _ in range(depth))
        for layer in self.layers:
            nn.init.orthogonal_(layer.weight)  # expect: xavier-before-relu
            nn.init.zeros_(layer.bias)
        self.out = nn.Linear(d, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.out(x)


class Two(nn.Module):
    def __init__(self, d=24, h=256):
        super().__init__()
        self.q = nn.Sequential(nn.Linear(d, h), nn.ReLU(), nn.Linear(h, h), nn.ReLU(), nn.Linear(h, 1))
        self.apply(self._weight_init)

    def _weight_init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.orthogonal_(m.weight.data)
            m.bias.data.fill_(0.0)

    def forward(self, x):
        return self.q(x)
