"""Two critics, each drawn after the same seed: their minimum is one critic's answer."""

import torch
from torch import nn


class Critics(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Sequential(nn.Linear(width, 256), nn.ReLU(), nn.Linear(256, 1))
        torch.manual_seed(0)  # expect: reseeded-layers
        self.second = nn.Sequential(nn.Linear(width, 256), nn.ReLU(), nn.Linear(256, 1))

    def forward(self, x):
        return torch.min(self.first(x), self.second(x))
