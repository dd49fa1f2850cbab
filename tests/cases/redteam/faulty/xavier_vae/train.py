"""Builds the model and runs a batch."""

import torch

from .model import VAE
from .utils import init_xavier


def build(device="cpu"):
    model = VAE(x_dim=784, h_dim1=512, h_dim2=256, z_dim=2).to(device)
    model.apply(init_xavier)
    return model


def example():
    return build()(torch.rand(2, 1, 28, 28))[0]
