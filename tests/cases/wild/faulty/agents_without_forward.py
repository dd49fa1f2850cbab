"""Networks that are used by methods of other names: none of the classes has a forward that says anything."""

import torch
from torch import nn


def flat(layer, value=1.0):
    nn.init.constant_(layer.weight, value)  # expect: constant-weight-init
    nn.init.zeros_(layer.bias)
    return layer


class ActorCritic(nn.Module):
    def __init__(self, observations, actions):
        super().__init__()
        self.body = nn.Sequential(flat(nn.Linear(observations, 64)), nn.Tanh(), flat(nn.Linear(64, 64)), nn.Tanh())
        self.policy = nn.Linear(64, actions)
        self.value = nn.Linear(64, 1)

    def act(self, observation):
        distribution = torch.distributions.Categorical(logits=self.policy(self.body(observation)))
        action = distribution.sample()
        return action, distribution.log_prob(action)

    def evaluate(self, observation):
        return self.value(self.body(observation))


class Critic(nn.Module):
    def __init__(self, observations):
        super().__init__()
        self.first = nn.Linear(observations, 256)
        self.second = nn.Linear(256, 256)
        self.last = nn.Linear(256, 1)
        nn.init.zeros_(self.second.weight)  # expect: zero-weight-init
        nn.init.zeros_(self.second.bias)

    def forward(self, observation):
        raise NotImplementedError

    def value_of(self, observation):
        return self.last(torch.relu(self.second(torch.relu(self.first(observation)))))
