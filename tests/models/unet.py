"""U-Net (Ronneberger et al. 2015): skip connections by cat, transposed convolutions, add_module by name."""

from __future__ import annotations

import math

import torch
from torch import nn


def double_conv(inputs: int, outputs: int) -> nn.Sequential:
    block = nn.Sequential()
    for index, (width_in, width_out) in enumerate([(inputs, outputs), (outputs, outputs)]):
        block.add_module(f"conv{index}", nn.Conv2d(width_in, width_out, 3, padding=1))
        block.add_module(f"relu{index}", nn.ReLU())
    return block


class Up(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.up = nn.ConvTranspose2d(inputs, outputs, kernel_size=2, stride=2)
        self.conv = double_conv(inputs, outputs)

    def forward(self, x: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        return self.conv(torch.cat([skip, self.up(x)], dim=1))


class UNet(nn.Module):
    """He et al.'s normal for convolutions, as the paper asks: std sqrt(2 / N), N the incoming nodes of a neuron."""

    def __init__(self, channels: int = 1, classes: int = 2, width: int = 16, depth: int = 3) -> None:
        super().__init__()
        widths = [width * 2**level for level in range(depth + 1)]
        self.inc = double_conv(channels, widths[0])
        self.down = nn.ModuleList()
        self.ups = nn.ModuleList()
        for before, after in zip(widths[:-1], widths[1:]):
            self.down.append(double_conv(before, after))
        for level in reversed(range(depth)):
            self.ups.append(Up(widths[level + 1], widths[level]))
        self.pool = nn.MaxPool2d(2)
        self.outc = nn.Conv2d(widths[0], classes, kernel_size=1)
        for module in self.modules():
            if type(module) is nn.Conv2d:
                fan_in = module.in_channels * module.kernel_size[0] * module.kernel_size[1]
                module.weight.data.normal_(0, math.sqrt(2.0 / fan_in))
                module.bias.data.zero_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.inc(x)
        skips = []
        for block in self.down:
            skips.append(x)
            x = block(self.pool(x))
        for block in self.ups:
            x = block(x, skips.pop())
        return self.outc(x)
