"""`__new__`, `__call__`, `__getitem__`, `__len__`, `__iter__` and `__contains__` of own classes."""

import torch.nn as nn


class Factory:
    def __init__(self, cls, *args, **kwargs):
        self.cls, self.args, self.kwargs = cls, args, kwargs

    def __call__(self, *args):
        return self.cls(*args, *self.args, **self.kwargs)


class Sizes:
    def __init__(self, *sizes):
        self.sizes = sizes

    def __len__(self):
        return len(self.sizes)

    def __getitem__(self, i):
        return self.sizes[i]

    def __iter__(self):
        return iter(self.sizes)

    def __contains__(self, size):
        return size in self.sizes


class Stack(nn.Module):
    def __init__(self, sizes, make):
        super().__init__()
        self.layers = nn.ModuleList([make(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)])
        self.norms = nn.ModuleList(nn.LayerNorm(s) for s in sizes)
        if 24 in sizes:
            self.extra = nn.Linear(24, 3)

    def __getitem__(self, i):
        return self.layers[i]

    def __iter__(self):
        return iter(self.layers)


def build():
    stack = Stack(Sizes(8, 16, 24), Factory(nn.Linear, bias=False))
    nn.init.zeros_(stack[0].weight)
    for layer in list(stack)[1:]:
        nn.init.orthogonal_(layer.weight)
    return stack
