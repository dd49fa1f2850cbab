"""Widths rounded, multiplied, divided: make_divisible, ceil, clamps and masks."""

import math

import torch.nn as nn


def make_divisible(v, divisor=8, min_value=None):
    min_value = min_value or divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


class Net(nn.Module):
    def __init__(self, alpha=0.35, heads=4, dim=32):
        super().__init__()
        c = make_divisible(16 * alpha)
        self.stem = nn.Conv2d(3, c, 3)
        for i, (t, o) in enumerate([(1, 16), (6, 24)]):
            o = make_divisible(o * alpha)
            self.add_module(f"dw{i}", nn.Conv2d(c * t, c * t, 3, groups=c * t))
            self.add_module(f"pw{i}", nn.Conv2d(c * t, o, 1))
            c = o
        assert dim % heads == 0, "heads"
        head_dim, rest = divmod(dim, heads)
        self.qkv = nn.Linear(dim, 3 * heads * head_dim, bias=rest != 0)
        self.up = nn.ModuleList([nn.Linear(2**i, 2 ** (i + 1)) for i in range(int(math.log2(heads)) + 1)])
        self.ceil = nn.Linear(math.ceil(dim / 3), round(dim * 0.3))
        self.table = nn.Parameter(nn.Linear((2 * 7 - 1) * (2 * 3 - 1), heads, bias=False).weight.data * 0)


def build():
    return Net()
