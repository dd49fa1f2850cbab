"""Residual streams that grow by a factor a block, also with an activation behind the sum and at changes of width."""

import torch
from torch import nn


class Basic(nn.Module):
    """A ResNet block whose norms were taken out."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride))

    def forward(self, x):
        out = torch.relu(self.conv1(x))
        return torch.relu(self.conv2(out) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, blocks=(3, 4, 6, 3), classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 7, 2, 3)
        layers, width = [], 64
        for index, count in enumerate(blocks):
            for number in range(count):
                layers.append(Basic(width, 64 * 2**index, 2 if index and not number else 1))
                width = 64 * 2**index
        self.layers = nn.Sequential(*layers)
        self.fc = nn.Linear(width, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_in", nonlinearity="relu")  # expect: unscaled-residual-stack
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = self.layers(torch.relu(self.stem(x)))
        return self.fc(x.mean((2, 3)))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        nn.init.kaiming_normal_(self.up.weight)
        nn.init.kaiming_normal_(self.down.weight)  # expect: unscaled-residual-stack

    def forward(self, x):
        return self.down(nn.functional.gelu(self.up(x)))


class Tower(nn.Module):
    def __init__(self, width=64, depth=16):
        super().__init__()
        self.blocks = nn.ModuleList([FeedForward(width) for _ in range(depth)])

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return x


def example():
    return ResNet((1, 1))(torch.randn(2, 3, 16, 16))
