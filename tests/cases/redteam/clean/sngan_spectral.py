"""A spectrally normalised discriminator, deep and without other norm."""

import torch
import torch.nn as nn
from torch.nn.utils import spectral_norm


def sn_conv(cin, cout, k, s, p):
    return spectral_norm(nn.Conv2d(cin, cout, k, s, p))


class Discriminator(nn.Module):
    def __init__(self, nc=3, ndf=32):
        super().__init__()
        layers = []
        c = nc
        for mult in (1, 1, 2, 2, 4, 4, 8, 8, 8, 8):
            layers += [sn_conv(c, ndf * mult, 3, 1, 1), nn.LeakyReLU(0.1, inplace=True)]
            c = ndf * mult
        self.main = nn.Sequential(*layers)
        self.fc = spectral_norm(nn.Linear(c, 1))

    def forward(self, x):
        return self.fc(self.main(x).sum((2, 3)))


def example():
    return Discriminator()(torch.randn(4, 3, 8, 8))
