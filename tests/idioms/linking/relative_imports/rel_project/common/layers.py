"""Layers."""

import torch.nn as nn

from ..settings import BIAS


class ConvBlock(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, bias=BIAS)
        self.norm = nn.BatchNorm2d(o)
