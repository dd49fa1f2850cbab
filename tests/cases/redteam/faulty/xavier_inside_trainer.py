"""Xavier applied by an agent's constructor to a ReLU trunk."""

import torch
import torch.nn as nn


class Critic(nn.Module):
    def __init__(self, n_in=20, width=256):
        super().__init__()
        self.q = nn.Sequential(
            nn.Linear(n_in, width), nn.ReLU(),
            nn.Linear(width, width), nn.ReLU(),
            nn.Linear(width, width), nn.ReLU(),
            nn.Linear(width, 1),
        )

    def forward(self, s, a):
        return self.q(torch.cat([s, a], 1))


def weights_init_(m):
    if isinstance(m, nn.Linear):
        torch.nn.init.xavier_uniform_(m.weight, gain=1)  # expect: xavier-before-relu
        torch.nn.init.constant_(m.bias, 0)


class SAC(object):
    def __init__(self):
        self.critic = Critic()
        self.critic.apply(weights_init_)

    def evaluate(self, s, a):
        return self.critic(s, a)


def example():
    return SAC().evaluate(torch.randn(4, 14), torch.randn(4, 6))
