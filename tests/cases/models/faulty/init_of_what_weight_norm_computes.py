"""Tiny weights that weight_norm never sees: the layers keep their default, so nothing else is wrong with their scale."""

import torch
from torch import nn
from torch.nn.utils import weight_norm


class Temporal(nn.Module):
    def __init__(self, channels=64, depth=6):
        super().__init__()
        self.convs = nn.ModuleList(weight_norm(nn.Conv1d(channels, channels, 3, padding=1)) for _ in range(depth))
        self.head = nn.Linear(channels, 1)
        for conv in self.convs:
            conv.weight.data.normal_(0, 0.01)  # expect: init-after-parametrization

    def forward(self, x):
        for conv in self.convs:
            x = torch.relu(conv(x))
        return self.head(x.mean(-1))
