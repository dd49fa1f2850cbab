"""Norms with eps as they should be, or given as momentum by name."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, c, 3), nn.BatchNorm2d(c, momentum=0.8), nn.ReLU(),
            nn.Conv2d(c, c, 3), nn.BatchNorm2d(c, 0.001, 0.03), nn.ReLU(),
            nn.Conv2d(c, c, 3), nn.BatchNorm2d(c, eps=1e-3, momentum=0.99), nn.ReLU(),
            nn.Conv2d(c, c, 3), nn.GroupNorm(4, c), nn.ReLU(),
            nn.Conv2d(c, c, 3), nn.InstanceNorm2d(c, affine=True), nn.ReLU(),
        )
        self.ln = nn.LayerNorm(c, 1e-12)
        self.rms = nn.RMSNorm(c, 1e-6)

    def forward(self, x):
        return self.rms(self.ln(self.net(x).mean((2, 3))))
