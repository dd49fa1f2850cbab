"""Relative imports: one level, two, a module, a name of a module."""

import torch.nn as nn

from ..common import layers
from ..common.layers import ConvBlock as Block
from . import init as weight_init
from .init import init_weights


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Block(3, 8)
        self.b = layers.ConvBlock(8, 12)
        self.c = nn.Conv2d(12, 8, 1)
        self.a.apply(init_weights)
        self.b.apply(weight_init.init_weights)


def build():
    return Net()
