"""Missing biases that nobody touches, resets in order."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, i=8, o=8, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=1, bias=not norm)
        self.norm = nn.BatchNorm2d(o) if norm else None
        if self.conv.bias is not None:
            nn.init.zeros_(self.conv.bias)
        for m in (self.conv, self.norm):
            if getattr(m, "bias", None) is not None:
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        x = self.conv(x)
        return F.relu(self.norm(x) if self.norm is not None else x)


class Partial(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gain = nn.Parameter(torch.ones(self.out_channels, 1, 1, 1))

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            nn.init.zeros_(self.bias)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.gain, self.bias, padding=1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Partial(3, 8, 3, bias=False)
        self.b = Block()

    def forward(self, x):
        return self.b(self.a(x))
