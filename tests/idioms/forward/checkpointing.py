"""Gradient checkpointing wrappers around blocks."""

import torch
import torch.nn as nn
import torch.utils.checkpoint
from torch.utils import checkpoint


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc1 = nn.Linear(dim, dim)
        self.fc2 = nn.Linear(dim, dim)

    def forward(self, x):
        return x + self.fc2(torch.relu(self.fc1(x)))


class Net(nn.Module):
    def __init__(self, dim=8, depth=2, use_checkpoint=True):
        super().__init__()
        self.use_checkpoint = use_checkpoint
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.tail = nn.Linear(dim, dim)
        self.head = nn.Linear(dim, 2)

    def forward(self, x):
        for block in self.blocks:
            if self.use_checkpoint and self.training:
                x = checkpoint.checkpoint(block, x, use_reentrant=False)
            else:
                x = block(x)

        def run(*args):
            return torch.tanh(self.tail(args[0]))

        x = torch.utils.checkpoint.checkpoint(run, x, use_reentrant=False)
        return self.head(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
