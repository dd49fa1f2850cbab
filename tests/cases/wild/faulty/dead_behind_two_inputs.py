"""What the joined inputs' scale is can't be told to the last digit; that a bias of -10 lies far below it can."""

import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self, state=17, action=6, hidden=256):
        super().__init__()
        self.first = nn.Linear(state + action, hidden)
        self.value = nn.Linear(hidden, 1)
        nn.init.orthogonal_(self.first.weight, 2**0.5)
        nn.init.constant_(self.first.bias, -10.0)  # expect: dead-at-birth

    def forward(self, state, action):
        return self.value(torch.relu(self.first(torch.cat([state, action], -1))))
