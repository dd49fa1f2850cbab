"""Rates, widths and an order that numpy computes from known numbers."""

import numpy as np
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, inputs, outputs, rate):
        super().__init__()
        self.fc = nn.Linear(inputs, outputs)
        self.drop = nn.Dropout(rate) if rate > 0.05 else nn.Identity()
        if rate > 0.15:
            self.gate = nn.Linear(outputs, outputs)


class Net(nn.Module):
    def __init__(self, depths=(1, 2), strides=(32, 8, 16), widths=(4, 6, 8), rate=0.2):
        super().__init__()
        rates = np.linspace(0, rate, sum(depths)).tolist()
        self.blocks = nn.ModuleList([Block(4, 4, each) for each in rates])
        order = np.argsort(strides).tolist()
        widths = [widths[number] for number in order]
        self.ordered = nn.ModuleList([nn.Linear(one, other) for one, other in zip(widths, widths[1:])])
        doubled = np.array([1, 2, 3]) * 2 + np.array([1, 1, 1])
        self.sizes = nn.ModuleList([nn.Linear(int(each), 2) for each in doubled])
        ends = np.cumsum(depths)
        self.last = nn.Linear(int(ends[-1]), 2)


def build():
    return Net()
