"""Entry points call a private function that builds the model: only they say how deep it is."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.down = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()

    def forward(self, x):
        out = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(out)) + self.down(x))


class Net(nn.Module):
    def __init__(self, block, layers, classes=10, zero_last=False):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn = nn.BatchNorm2d(64)
        self.blocks = nn.Sequential(*[block(64, 2 if n == 0 else 1) for each in layers for n in range(each)])
        self.head = nn.Linear(64, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
        if zero_last:
            for m in self.modules():
                if isinstance(m, Block):
                    nn.init.constant_(m.bn2.weight, 0)

    def forward(self, x):
        x = torch.relu(self.bn(self.stem(x)))
        return self.head(self.blocks(x).mean((2, 3)))


def _net(block, layers, **kwargs):
    return Net(block, layers, **kwargs)


def net18(**kwargs):
    return _net(Block, [2, 2, 2, 2], **kwargs)


def net34(**kwargs):
    return _net(Block, [3, 4, 6, 3], zero_last=True, **kwargs)


def main(arguments):
    model = net18(classes=arguments.classes)
    print(model(torch.randn(1, 3, 224, 224)).shape)
