"""Biases that may be missing, with a look before the touch."""

import torch
import torch.nn as nn


def init(m):
    if isinstance(m, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    elif isinstance(m, nn.BatchNorm2d):
        nn.init.ones_(m.weight)
        nn.init.zeros_(m.bias)


class Net(nn.Module):
    def __init__(self, c=8, use_bias=False):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3, bias=False)
        self.bn = nn.BatchNorm2d(c)
        self.fc = nn.Linear(c, 4, bias=use_bias)
        self.apply(init)
        if use_bias:
            nn.init.zeros_(self.fc.bias)
        if hasattr(self.conv, "bias") and getattr(self.conv, "bias") is not None:
            self.conv.bias.data.fill_(0)
        try:
            self.conv.bias.data.zero_()
        except AttributeError:
            pass

    def forward(self, x):
        return self.fc(torch.relu(self.bn(self.conv(x))).mean((2, 3)))


def zero_bias(layer):
    bias = getattr(layer, "bias", None)
    if bias is None:
        return
    bias.data.zero_()


class Walks(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.a = nn.Linear(d, d, bias=False)
        self.b = nn.Linear(d, d)
        for layer in self.children():
            zero_bias(layer)
        for layer in (self.a, self.b):
            layer.bias is not None and layer.bias.data.zero_()

    def forward(self, x):
        return self.b(self.a(x))
