"""A layer that can't be built from what it is given: nothing is said of what it would have had."""

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, width=64, heads=7):
        super().__init__()
        if width % heads != 0:
            raise ValueError("the heads must divide the width")
        self.query = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        return self.out(torch.softmax(self.query(x), -1))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention(64, 7)
        for module in self.modules():
            if isinstance(module, Attention):
                nn.init.xavier_uniform_(module.query.weight)
                nn.init.zeros_(module.query.bias)

    def forward(self, x):
        return self.attention(x)
