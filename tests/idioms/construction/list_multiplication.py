"""`[…] * n` for sizes, and for modules, where it repeats one module."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        widths = [8] + [16] * depth + [4]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(widths, widths[1:])])
        self.shared = nn.ModuleList([nn.Linear(12, 12)] * depth)
        self.seq = nn.Sequential(*([nn.Linear(6, 6), nn.ReLU()] * 2))
        self.made = nn.Sequential(*depth * [nn.Linear(9, 9)])
        nn.init.eye_(self.shared[2].weight)


def build():
    return Net()
