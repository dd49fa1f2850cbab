"""A residual network whose shortcut is off: the «plain» control, without norm."""

import torch
import torch.nn as nn


class BasicBlock(nn.Module):
    def __init__(self, channels, residual=True):
        super().__init__()
        self.residual = residual
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU()

    def forward(self, x):
        out = self.relu(self.conv1(x))
        out = self.conv2(out)
        if self.residual:
            out = out + x
        return self.relu(out)


class PlainNet(nn.Module):
    def __init__(self, depth=8, channels=32, num_classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, 3, padding=1)  # expect: default-init-deep-relu
        self.blocks = nn.Sequential(*[BasicBlock(channels, residual=False) for _ in range(depth)])
        self.fc = nn.Linear(channels, num_classes)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        x = self.blocks(x)
        return self.fc(x.mean(dim=[2, 3]))


def example():
    return PlainNet()(torch.rand(4, 3, 16, 16))
