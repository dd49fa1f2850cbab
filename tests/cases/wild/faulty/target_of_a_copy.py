"""A target network takes over the other's weights: what is wrong with them is wrong where they are drawn, not where
they are copied."""

import torch.nn.functional as F
from torch import nn


def draw(layer):
    if isinstance(layer, nn.Linear):
        nn.init.xavier_uniform_(layer.weight)  # expect: xavier-before-relu


def update(target, source, share):
    for old, new in zip(target.parameters(), source.parameters()):
        old.data.copy_(old.data * (1 - share) + new.data * share)


def copy(target, source):
    for old, new in zip(target.parameters(), source.parameters()):
        old.data.copy_(new.data)


class Critic(nn.Module):
    def __init__(self, inputs=20, width=256):
        super().__init__()
        self.first, self.second = nn.Linear(inputs, width), nn.Linear(width, width)
        self.third, self.value = nn.Linear(width, width), nn.Linear(width, 1)
        self.apply(draw)

    def forward(self, x):
        return self.value(F.relu(self.third(F.relu(self.second(F.relu(self.first(x)))))))


class Agent:
    def __init__(self, inputs=20):
        self.critic, self.target = Critic(inputs), Critic(inputs)
        copy(self.target, self.critic)


class Other:
    def __init__(self, inputs=20):
        self.critic, self.target = Critic(inputs), Critic(inputs)
        self.target.load_state_dict(self.critic.state_dict())
