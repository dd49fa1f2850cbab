"""Depthwise and pointwise in one block, one norm behind both: the depthwise scale makes no difference."""

import torch
import torch.nn as nn


class SeparableConv(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.depthwise = nn.Conv2d(i, i, 3, padding=1, groups=i, bias=False)
        self.pointwise = nn.Conv2d(i, o, 1, bias=False)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class Entry(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.sep1, self.bn1 = SeparableConv(c, c), nn.BatchNorm2d(c)
        self.sep2, self.bn2 = SeparableConv(c, 2 * c), nn.BatchNorm2d(2 * c)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = torch.relu(self.bn1(self.sep1(x)))
        return torch.relu(self.bn2(self.sep2(x)))
