"""The std from the width: muP, `1 / width_mult`, `nn.init.normal_(w, std=(2 / 5 / dim) ** 0.5)`, small init."""

import math

import torch.nn as nn


def small_init_init_(tensor, dim):
    std = math.sqrt(2 / (5 * dim))
    nn.init.normal_(tensor, mean=0.0, std=std)
    return tensor


def wang_init_(tensor, dim, num_blocks):
    std = 2 / num_blocks / math.sqrt(dim)
    return nn.init.normal_(tensor, mean=0.0, std=std)


def init_method_normal(sigma):
    def init_(tensor):
        return nn.init.normal_(tensor, mean=0.0, std=sigma)

    return init_


def scaled_init_method_normal(sigma, num_layers):
    std = sigma / math.sqrt(2.0 * num_layers)

    def init_(tensor):
        return nn.init.normal_(tensor, mean=0.0, std=std)

    return init_


class Linear(nn.Linear):
    def __init__(self, i, o, bias=True, init_method=None):
        super().__init__(i, o, bias=bias)
        if init_method is not None:
            init_method(self.weight)
            if bias:
                self.bias.data.zero_()


class Net(nn.Module):
    def __init__(self, dim=24, base=8, blocks=2):
        super().__init__()
        self.a = nn.Linear(dim, dim)
        small_init_init_(self.a.weight, dim)
        self.b = nn.Linear(dim, dim)
        wang_init_(self.b.weight, dim=dim, num_blocks=blocks)
        self.c = Linear(dim, dim, init_method=init_method_normal(0.02))
        self.d = Linear(dim, dim, init_method=scaled_init_method_normal(0.02, blocks))
        self.width_mult = dim / base
        self.e = nn.Linear(dim, dim, bias=False)
        nn.init.normal_(self.e.weight, std=0.5 / math.sqrt(self.width_mult))


def build():
    return Net()
