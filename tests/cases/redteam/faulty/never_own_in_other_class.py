"""Two models: one calls its init_weights, the other has the same method and doesn't."""

import torch
import torch.nn as nn


class Good(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.norm = nn.LayerNorm(d)
        self.init_weights()

    def init_weights(self):
        nn.init.orthogonal_(self.fc.weight)

    def forward(self, x):
        return self.norm(self.fc(x))


class Bad(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.norm = nn.LayerNorm(d)

    def init_weights(self):  # expect: init-never-applied
        nn.init.orthogonal_(self.fc.weight)

    def forward(self, x):
        return self.norm(self.fc(x))


def example():
    return Bad()(Good()(torch.randn(4, 16)))
