"""Training: a blanket init over everything."""

import torch
from torch import nn

from .net import SRNet


def init_func(m):
    if isinstance(m, nn.Conv2d):
        nn.init.kaiming_normal_(m.weight, a=0, mode="fan_in")
        nn.init.zeros_(m.bias)


def main():
    model = SRNet()
    model.apply(init_func)
    return model


def example():
    return main()(torch.rand(1, 3, 8, 8))
