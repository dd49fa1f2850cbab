"""A policy network set to zero «for a uniform first policy»: the trunk too, not just the head."""

import torch
from torch import nn
from torch.distributions import Categorical


class Policy(nn.Module):
    def __init__(self, obs_dim=8, act_dim=4, hidden=(64, 64)):
        super().__init__()
        sizes = [obs_dim] + list(hidden)
        self.trunk = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))
        self.head = nn.Linear(sizes[-1], act_dim)
        for p in self.parameters():
            nn.init.zeros_(p)  # expect: zero-weight-init

    def forward(self, obs):
        for layer in self.trunk:
            obs = torch.relu(layer(obs))
        return self.head(obs)

    def act(self, obs):
        return Categorical(logits=self(obs)).sample()


def example():
    return Policy()(torch.randn(4, 8))
