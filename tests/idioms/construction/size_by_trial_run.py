"""Sizes that a constructor finds out by running a part of the model on zeros."""

import numpy as np
import torch
import torch.nn as nn


class Features(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.convs = nn.Sequential(nn.Conv2d(channels, 8, 5, stride=2), nn.ReLU(), nn.MaxPool2d(2))
        self.up = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.norm(self.up(self.convs(x)))
        return torch.flatten(x, 1)


class Agent(nn.Module):
    def __init__(self, shape=(3, 32, 32), actions=4):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(shape[0], 8, kernel_size=(4, 3), stride=2, padding=(1, 0), dilation=(1, 2)),
            nn.AvgPool2d(3, stride=2),
            nn.AdaptiveMaxPool2d((5, None)),
            nn.Dropout(0.1),
        )
        with torch.no_grad():
            width = self.body(torch.zeros(1, *shape)).view(1, -1).size(1)
        self.features = Features(shape[0])
        self.policy = nn.Linear(width, actions)
        self.value = nn.Linear(self._width_of(shape), 1)
        self.flat = nn.Sequential(self.features, nn.Linear(self.features(torch.rand(2, *shape)).shape[-1], 3))

    def _width_of(self, shape):
        out = nn.Sequential(self.body, nn.Flatten(2))(torch.zeros(1, *shape))
        return int(np.prod(out.size()[1:]))


def build():
    return Agent()
