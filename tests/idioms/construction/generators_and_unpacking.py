"""Layers from generators, `yield`, star arguments, tuples and swaps."""

import torch.nn as nn


def pairs(widths):
    for i in range(len(widths) - 1):
        yield widths[i], widths[i + 1]


def block(*widths, norm=None):
    for i, o in pairs(widths):
        yield nn.Linear(i, o)
        if norm is not None:
            yield norm(o)
        yield nn.ReLU()


def two(dim):
    return nn.Linear(dim, dim), nn.LayerNorm(dim)


class Net(nn.Module):
    def __init__(self, *widths, **heads):
        super().__init__()
        self.body = nn.Sequential(*block(*widths, norm=nn.LayerNorm))
        self.fc, self.norm = two(widths[-1])
        a, b = widths[:2]
        a, b = b, a
        self.back = nn.Linear(a, b)
        self.heads = nn.ModuleDict({k: nn.Linear(widths[-1], v) for k, v in heads.items()})
        (self.x, (self.y, *_)) = nn.Linear(2, 20), [nn.Linear(3, 20), nn.Linear(4, 4)]


def build():
    return Net(8, 12, 16, cls=5, box=4)
