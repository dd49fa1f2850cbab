import torch
import torch.nn as nn


class Stem(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(c)
        nn.init.kaiming_normal_(self.conv.weight, mode="fan_out", nonlinearity="relu")
        nn.init.zeros_(self.conv.bias)  # expect: init-of-missing-bias

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))
