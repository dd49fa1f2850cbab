"""The first forward fills the parameters from the data."""

import torch
import torch.nn.functional as F
from torch import nn


class WeightNorm(nn.Linear):
    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs)
        self.g = nn.Parameter(torch.Tensor(outputs))
        self.shift = nn.Parameter(torch.empty(outputs))
        self.register_buffer("ready", torch.tensor(False))

    def forward(self, x, init=False):
        y = F.linear(x, self.weight)
        if init is True:
            self.g.data.copy_(1 / y.std(0))
        if not self.ready:
            self.shift.data.copy_(y.mean(0))
            self.ready.fill_(True)
        return y * self.g + self.shift
