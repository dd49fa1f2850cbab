"""Stacks of expert matrices that are stored (experts, out, in) and transposed where they are used."""

import torch
import torch.nn.functional as F
from torch import nn


class Experts(nn.Module):
    def __init__(self, experts=4, width=512, inner=1024):
        super().__init__()
        self.up = nn.Parameter(torch.empty(experts, inner, width))
        self.down = nn.Parameter(torch.empty(experts, width, inner))
        nn.init.normal_(self.up)  # expect: weight-scale-too-large
        nn.init.normal_(self.down, std=0.02)

    def forward(self, x):
        return torch.bmm(F.relu(torch.bmm(x, self.up.transpose(1, 2))), self.down.transpose(1, 2))


class FannedExperts(nn.Module):
    def __init__(self, experts=16, width=512, inner=1024):
        super().__init__()
        self.up = nn.Parameter(torch.empty(experts, inner, width))
        self.down = nn.Parameter(torch.empty(experts, width, inner))
        for weight in (self.up, self.down):
            nn.init.kaiming_uniform_(weight, nonlinearity="relu")  # expect: wrong-fan

    def forward(self, x):
        return torch.bmm(F.relu(torch.bmm(x, self.up.transpose(-2, -1))), self.down.transpose(-2, -1))


class InFullPrecision(nn.Module):
    """The cast is no transposition: the first axis is what is summed over."""

    def __init__(self, width=32, inner=4096):
        super().__init__()
        self.up = nn.Parameter(torch.randn(width, inner) * width**-0.5)
        self.down = nn.Parameter(torch.randn(inner, width) * width**-0.5)  # expect: weight-scale-too-large

    def forward(self, x):
        return F.relu(F.relu(x @ self.up.float()) @ self.down.float()) * 2.0
