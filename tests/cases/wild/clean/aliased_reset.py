"""A class takes a library layer's method for its own, by itself or through a decorator's call."""

import some_library
import torch
from torch import nn


class Scorer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def reset_parameters(self):
        pass


class Dot(Scorer):
    def __init__(self, size=8):
        super().__init__(size)
        self.weight = nn.Parameter(torch.empty(size, size))
        self.register_parameter("bias", None)
        self.reset_parameters()

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)

    reset_parameters = nn.Linear.reset_parameters


class Scripted(Dot):
    reset_parameters = torch.jit.unused(nn.Linear.reset_parameters)


class Decorated(Scorer):
    def __init__(self, size=8):
        super().__init__(size)
        self.weight = nn.Parameter(torch.empty(size, size))
        self.fill()

    def forward(self, x):
        return nn.functional.linear(x, self.weight)

    fill = some_library.wrapped(nn.init.xavier_uniform_)
