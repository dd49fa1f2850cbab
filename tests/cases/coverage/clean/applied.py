"""apply with partials, methods and lambdas, used well."""
from functools import partial

import torch
import torch.nn as nn


def init_linear(m, gain=1.0):
    if isinstance(m, nn.Linear):
        nn.init.orthogonal_(m.weight, gain)
        nn.init.zeros_(m.bias)


class Agent(nn.Module):
    def __init__(self, s=4, a=2):
        super().__init__()
        self.pi = nn.Sequential(nn.Linear(s, 32), nn.Tanh(), nn.Linear(32, a))
        self.v = nn.Sequential(nn.Linear(s, 32), nn.Tanh(), nn.Linear(32, 1))
        self.apply(partial(init_linear, gain=2 ** 0.5))
        self.pi[-1].apply(partial(init_linear, gain=0.01))

    def forward(self, x):
        return self.pi(x), self.v(x)


def make_init(gain):
    def init(m):
        init_linear(m, gain)

    return init


class Returned(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.apply(make_init(0.5))
        self.apply(lambda m: None)

    def forward(self, x):
        return torch.tanh(self.fc(x))
