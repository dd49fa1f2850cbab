"""A helper takes the gain: four is for the layers in front of a gated unit, and one or two for the others."""

import math

import torch
from torch import nn


def conv(inputs, outputs, size, gain=4.0, dropout=0.0):
    layer = nn.Conv1d(inputs, outputs, size, padding=size // 2)
    layer.weight.data.normal_(0, math.sqrt(gain * (1 - dropout) / (size * inputs)))
    layer.bias.data.zero_()
    return layer


class Converter(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.first = conv(80, width, 1, gain=1.0)
        self.gated = conv(width, 2 * width, 3)
        self.after = conv(width, width, 1)
        self.last = conv(width, 80, 1, gain=2.0)

    def forward(self, x):
        x = nn.functional.glu(self.gated(self.first(x)), 1)
        return self.last(torch.relu(self.after(x)))
