"""An agent is no module; the chain that it builds is a model all the same."""

import copy

import torch
from torch import nn


class Agent:
    def __init__(self, observations=8, actions=4):
        self.q = nn.Sequential(
            nn.Linear(observations, 128),
            nn.ReLU(),
            nn.Linear(128, 128),
            nn.ReLU(),
            nn.Linear(128, actions),
        )
        for layer in self.q:
            if isinstance(layer, nn.Linear):
                nn.init.constant_(layer.weight, 0.01)  # expect: constant-weight-init
        self.target = copy.deepcopy(self.q)
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=1e-3)
