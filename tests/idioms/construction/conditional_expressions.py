"""Modules chosen by `a if c else b`, `or`, `and`, None and Identity."""

import torch.nn as nn


class Block(nn.Module):
    def __init__(self, inp, out=None, stride=1, norm=True, drop=0.0, mid=None):
        super().__init__()
        out = out or inp
        mid = mid if mid is not None else out * 2
        self.conv1 = nn.Conv2d(inp, mid, 3, stride, 1, bias=not norm)
        self.norm = nn.BatchNorm2d(mid) if norm else nn.Identity()
        self.conv2 = nn.Conv2d(mid, out, 1)
        self.shortcut = nn.Conv2d(inp, out, 1, stride) if stride != 1 or inp != out else nn.Identity()
        self.drop = nn.Dropout(drop) if drop > 0.0 else None
        self.gate = norm and nn.Linear(out, out)
        self.act = None if drop else nn.PReLU()


def build():
    return nn.Sequential(Block(8), Block(8, 16, stride=2, norm=False), Block(16, drop=0.1, mid=4))
