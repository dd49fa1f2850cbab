"""Lists that loops of unknown length fill, and what is reckoned with those lengths."""

import numpy as np
import torch
import torch.nn as nn


class Indexed(nn.Module):
    def __init__(self, dim, n_layers):
        super().__init__()
        self.n_layers = n_layers
        self.layers = nn.ModuleList()
        for _ in range(self.n_layers):
            self.layers.append(nn.Linear(dim, dim))

    def forward(self, x):
        for i in range(self.n_layers):
            x = x + self.layers[i](x)
        return x


class Halving(nn.Module):
    """As many levels as there are rates: the last width is the first over a power of two."""

    def __init__(self, width, rates):
        super().__init__()
        self.ups = nn.ModuleList()
        for i, rate in enumerate(rates):
            self.ups.append(nn.ConvTranspose1d(width // 2**i, width // 2 ** (i + 1), rate, rate))
        self.post = nn.Conv1d(width // 2 ** len(self.ups), 1, 7)

    def forward(self, x):
        for i in range(len(self.ups)):
            x = self.ups[i](x)
        return self.post(x)


class Pairs(nn.Module):
    """Two modules in each pass: the list does not have the loop's length."""

    def __init__(self, dim, n_layers):
        super().__init__()
        self.layers = nn.ModuleList()
        for _ in range(n_layers):
            self.layers.append(nn.Linear(dim, dim))
            self.layers.append(nn.ReLU())

    def forward(self, x):
        return self.layers[len(self.layers) - 1](x)


class Policy(nn.Module):
    """Sizes that are products of an environment's shapes."""

    def __init__(self, env):
        super().__init__()
        self.mean = nn.Linear(np.array(env.observation_space.shape).prod(), 64)
        self.head = nn.Linear(64, int(np.prod(env.action_space.shape)))
        self.scale = nn.Parameter(torch.zeros(1, np.prod(env.action_space.shape)))

    def forward(self, x):
        return self.head(torch.tanh(self.mean(x)))
