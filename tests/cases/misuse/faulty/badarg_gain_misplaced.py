"""A gain passed where a slope or a standard deviation belongs."""

import torch
import torch.nn as nn


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 16, 3)
        self.c2 = nn.Conv2d(16, 32, 3)
        for m in (self.c1, self.c2):
            nn.init.kaiming_normal_(m.weight, a=nn.init.calculate_gain("relu"))  # expect: bad-init-argument

    def forward(self, x):
        return self.c2(torch.relu(self.c1(x))).mean((2, 3))


class Critic(nn.Module):
    def __init__(self, obs=17, hidden=256):
        super().__init__()
        self.l1 = nn.Linear(obs, hidden)
        self.l2 = nn.Linear(hidden, hidden)
        self.q = nn.Linear(hidden, 1)
        for layer in (self.l1, self.l2):
            nn.init.normal_(layer.weight, std=nn.init.calculate_gain("tanh"))  # expect: bad-init-argument

    def forward(self, x):
        return self.q(torch.tanh(self.l2(torch.tanh(self.l1(x)))))
