"""`math.sqrt(2. / n)` with `n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels`, as in the first ResNets."""

import math

import numpy as np
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 16, 3), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 16, 3, groups=16), nn.Conv2d(16, 20, (1, 3))
        )
        self.classifier = nn.Linear(20, 24)
        self.up = nn.ConvTranspose2d(8, 8, 4, 2)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels
                m.weight.data.normal_(0, math.sqrt(2.0 / n))
                if m.bias is not None:
                    m.bias.data.zero_()
            elif isinstance(m, nn.BatchNorm2d):
                m.weight.data.fill_(1)
                m.bias.data.zero_()
            elif isinstance(m, nn.Linear):
                n = m.weight.size(1)
                m.weight.data.normal_(0, 0.01)
                m.bias.data = torch.zeros(m.out_features)
        n = np.prod(self.up.kernel_size) * self.up.in_channels
        self.up.weight.data.normal_(0, np.sqrt(2.0 / n))
        self.groups = nn.Conv2d(8, 16, 3, groups=4)
        fan_out = self.groups.kernel_size[0] * self.groups.kernel_size[1] * self.groups.out_channels
        fan_out //= self.groups.groups
        self.groups.weight.data.normal_(0, math.sqrt(2.0 / fan_out))


def build():
    return Net()
