"""0.8 as eps again, in other dress."""

import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, latent=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.Linear(784, 512),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Linear(512, 512),
            nn.BatchNorm1d(512, 0.8),  # expect: norm-eps-as-momentum
            nn.LeakyReLU(0.2, inplace=True),
        )
        self.mu = nn.Linear(512, latent)

    def forward(self, x):
        return self.mu(self.model(x.flatten(1)))


class UNetUp(nn.Module):
    def __init__(self, i=64, o=32):
        super().__init__()
        self.model = nn.Sequential(
            nn.Upsample(scale_factor=2), nn.Conv2d(i, o, 3, 1, 1, bias=False),
            nn.InstanceNorm2d(o, 0.1),  # expect: norm-eps-as-momentum
            nn.ReLU(inplace=True))

    def forward(self, x):
        return self.model(x)
