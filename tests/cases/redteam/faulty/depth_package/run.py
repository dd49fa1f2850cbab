"""Runs a batch."""

import torch

from .model import PoseNet


def example():
    net = PoseNet()
    return net(torch.rand(4, 3, 64, 64))
