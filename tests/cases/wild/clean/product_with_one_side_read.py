"""Products of which only one factor can be read, between layers."""

import helpers
import torch
from torch import nn


class Koopman(nn.Module):
    def __init__(self, width=32):
        super().__init__()
        self.operator = helpers.solve(width)
        self.encode = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, width))
        self.decode = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, width))

    def forward(self, x):
        return self.decode(torch.bmm(self.encode(x), self.operator))
