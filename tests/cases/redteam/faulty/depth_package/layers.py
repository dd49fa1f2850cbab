"""Building blocks."""

import torch.nn as nn


def conv3x3(cin, cout, stride=1):
    return nn.Conv2d(cin, cout, 3, stride, 1)  # expect: default-init-deep-relu


class ConvBlock(nn.Module):
    def __init__(self, cin, cout, stride=1, use_bn=False, act=nn.ReLU):
        super().__init__()
        self.conv = conv3x3(cin, cout, stride)
        self.bn = nn.BatchNorm2d(cout) if use_bn else nn.Identity()
        self.act = act(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))
