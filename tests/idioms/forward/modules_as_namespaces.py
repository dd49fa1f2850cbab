"""Bare nn.Module instances that only hold what belongs together."""

import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv(x))


class Net(nn.Module):
    def __init__(self, width=4, factors=(1, 2), blocks=2):
        super().__init__()
        self.blocks, self.levels = blocks, len(factors)
        self.down = nn.ModuleList()
        inputs = 3
        for level, factor in enumerate(factors):
            made = nn.ModuleList()
            for _ in range(blocks):
                made.append(Block(inputs, width * factor))
                inputs = width * factor
            down = nn.Module()
            down.block = made
            if level != len(factors) - 1:
                down.downsample = nn.Conv2d(inputs, inputs, 3, 2, 1)
            self.down.append(down)
        self.mid = nn.Module()
        self.mid.block = Block(inputs, inputs)

    def forward(self, x):
        for level in range(self.levels):
            for number in range(self.blocks):
                x = self.down[level].block[number](x)
            if level != self.levels - 1:
                x = self.down[level].downsample(x)
        return self.mid.block(x)


def build():
    return Net()


def inputs():
    return [torch.randn(1, 3, 8, 8)]
