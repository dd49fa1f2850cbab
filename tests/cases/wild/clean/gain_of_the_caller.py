"""A base class's init takes its gain from the caller; one policy calls it with ReLU's, another not at all."""

from functools import partial

import torch
import torch.nn as nn


class Policy(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d, d), nn.ReLU(), nn.Linear(d, d), nn.ReLU(), nn.Linear(d, d), nn.ReLU())
        self.out = nn.Linear(d, 2)

    @staticmethod
    def init_weights(module: nn.Module, gain: float = 1) -> None:
        if isinstance(module, nn.Linear):
            nn.init.orthogonal_(module.weight, gain=gain)
            module.bias.data.fill_(0.0)

    def forward(self, x):
        return self.out(self.net(x))


class OnPolicy(Policy):
    def __init__(self, d=64):
        super().__init__(d)
        for module, gain in {self.net: 2**0.5, self.out: 0.01}.items():
            module.apply(partial(self.init_weights, gain=gain))


class OffPolicy(Policy):
    def forward(self, x):
        return torch.tanh(super().forward(x))
