"""Seven sigmoid layers at the defaults (a stacked auto-encoder of the old school)."""

import torch
from torch import nn


class StackedAE(nn.Module):
    def __init__(self, dims=(784, 512, 256, 128, 64)):
        super().__init__()
        enc = []
        for i in range(len(dims) - 1):
            enc.append(nn.Linear(dims[i], dims[i + 1]))  # expect: sigmoid-hidden-stack
            enc.append(nn.Sigmoid())
        dec = []
        for i in range(len(dims) - 1, 0, -1):
            dec.append(nn.Linear(dims[i], dims[i - 1]))
            dec.append(nn.Sigmoid())
        self.encoder = nn.Sequential(*enc)
        self.decoder = nn.Sequential(*dec)

    def forward(self, x):
        z = self.encoder(x)
        return self.decoder(z), z


def example():
    return StackedAE()(torch.rand(4, 784))[0]
