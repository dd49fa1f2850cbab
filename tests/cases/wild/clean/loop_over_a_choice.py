"""The loop initialises whichever module was chosen."""

import torch
import torch.nn.functional as F
from torch import nn


class Gated(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.Tensor(size, size))

    def forward(self, x):
        return F.linear(x, self.weight_ih)


class Plain(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.Tensor(size, size))

    def forward(self, x):
        return F.linear(x, self.weight_ih)


class Chooses(nn.Module):
    def __init__(self, size, kind):
        super().__init__()
        if kind == "gated":
            self.cell = Gated(size)
        elif kind == "plain":
            self.cell = Plain(size)
        for name, tensor in self.cell.named_parameters():
            if "weight" in name:
                nn.init.normal_(tensor, mean=0, std=0.05)

    def forward(self, x):
        return self.cell(x)


def build(kind):
    return Chooses(16, kind)
