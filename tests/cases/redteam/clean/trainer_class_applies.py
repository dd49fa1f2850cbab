"""The agent's constructor applies the init; the network class by itself has the defaults."""

import torch
import torch.nn as nn


def weight_init(m):
    if isinstance(m, nn.Linear):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        nn.init.zeros_(m.bias)


class ValueNet(nn.Module):
    def __init__(self, obs=12, width=128, depth=12):
        super().__init__()
        layers = [nn.Linear(obs, width), nn.ReLU()]
        for _ in range(depth - 1):
            layers += [nn.Linear(width, width), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.v = nn.Linear(width, 1)

    def forward(self, x):
        return self.v(self.body(x))


class Agent:
    def __init__(self, lr=1e-3):
        self.net = ValueNet()
        self.net.apply(weight_init)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=lr)

    def value(self, obs):
        return self.net(obs)


def example():
    return Agent().value(torch.randn(4, 12))
