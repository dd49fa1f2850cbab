"""Blocks that are built alike and add their shortcut in place to what a module of theirs returned."""

import torch
import torch.nn as nn


class Mixer(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x):
        return self.fc(x)


class Block(nn.Module):
    def __init__(self, gated):
        super().__init__()
        self.norm = nn.LayerNorm(8)
        self.gate = Mixer() if gated else None
        self.mixer = Mixer()

    def forward(self, x):
        shortcut = x
        x = self.norm(x)
        if self.gate is not None:
            x = x * torch.sigmoid(self.gate(x))
        x = self.mixer(x)
        x += shortcut
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(*[Block(number % 2 > 0) for number in range(4)])
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.blocks(x))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
