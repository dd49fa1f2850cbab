"""Features collected by name while a Sequential runs."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential()
        self.features.add_module("conv0", nn.Conv2d(3, 8, 3, padding=1))
        self.features.add_module("relu0", nn.ReLU())
        self.features.add_module("conv1", nn.Conv2d(8, 8, 3, padding=1))
        self.features.add_module("relu1", nn.ReLU())
        self.last = nn.Conv2d(16, 2, 1)

    def forward(self, x):
        found = []
        for name, module in self.features.named_children():
            x = module(x)
            if name.startswith("relu"):
                found.append(x)
        return self.last(torch.cat(found, 1))


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 6, 6)]
