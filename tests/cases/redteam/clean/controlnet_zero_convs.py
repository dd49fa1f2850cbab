"""A control branch joined by zero convolutions."""

import torch
import torch.nn as nn


def make_zero_conv(channels):
    conv = nn.Conv2d(channels, channels, 1)
    nn.init.zeros_(conv.weight)
    nn.init.zeros_(conv.bias)
    return conv


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.net = nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), nn.Conv2d(c, c, 3, padding=1))

    def forward(self, x):
        return x + self.net(x)


class ControlledNet(nn.Module):
    def __init__(self, c=32, depth=3):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        self.hint = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.SiLU(), nn.Conv2d(16, c, 3, padding=1))
        self.input_zero = make_zero_conv(c)
        self.blocks = nn.ModuleList([Block(c) for _ in range(depth)])
        self.control = nn.ModuleList([Block(c) for _ in range(depth)])
        self.zero_convs = nn.ModuleList([make_zero_conv(c) for _ in range(depth)])
        self.out = nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), nn.Conv2d(c, 3, 3, padding=1))

    def forward(self, x, hint):
        h = self.stem(x)
        c = h + self.input_zero(self.hint(hint))
        for block, control, zero in zip(self.blocks, self.control, self.zero_convs):
            c = control(c)
            h = block(h) + zero(c)
        return self.out(h)


def example():
    return ControlledNet()(torch.rand(4, 3, 8, 8), torch.rand(4, 1, 8, 8))
