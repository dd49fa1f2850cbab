"""Features concatenated in a growing list."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class DenseLayer(nn.Module):
    def __init__(self, width, growth):
        super().__init__()
        self.norm = nn.BatchNorm2d(width)
        self.conv = nn.Conv2d(width, growth, 3, padding=1)

    def forward(self, inputs):
        inputs = [inputs] if isinstance(inputs, torch.Tensor) else inputs
        return self.conv(F.relu(self.norm(torch.cat(inputs, 1))))


class Net(nn.Module):
    def __init__(self, width=4, growth=4, depth=3):
        super().__init__()
        self.stem = nn.Conv2d(width, width, 1)
        self.layers = nn.ModuleList(DenseLayer(width + i * growth, growth) for i in range(depth))
        self.head = nn.Conv2d(width + depth * growth, 2, 1)

    def forward(self, x):
        features = [self.stem(x)]
        for layer in self.layers:
            features.append(layer(features))
        return self.head(torch.cat(features, 1))


def build():
    return Net()


def inputs():
    return [torch.randn(2, 4, 6, 6)]
