"""Folders without `__init__.py`: a namespace package, imported absolutely and relatively."""

import torch.nn as nn
from nspace.layers.blocks import Block

import nspace.layers.blocks as blocks
from ..layers import blocks as relative


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Block(16)
        self.b = blocks.Block(18)
        self.c = relative.Block(20)


def build():
    return Net()
