"""A DDPG critic whose uniform bounds lost their minus sign."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def fanin(size):
    return 1.0 / np.sqrt(size[1])


class Critic(nn.Module):
    def __init__(self, nb_states=4, nb_actions=2, hidden1=64, hidden2=48, init_w=3e-3):
        super().__init__()
        self.fc1 = nn.Linear(nb_states, hidden1)
        self.fc2 = nn.Linear(hidden1 + nb_actions, hidden2)
        self.fc3 = nn.Linear(hidden2, 1)
        self.init_weights(init_w)

    def init_weights(self, init_w):
        self.fc1.weight.data.uniform_(init_w, init_w)  # expect: constant-weight-init
        self.fc2.weight.data.uniform_(init_w, init_w)  # expect: constant-weight-init
        self.fc3.weight.data.uniform_(-init_w, init_w)

    def forward(self, xs):
        x, a = xs
        out = F.relu(self.fc1(x))
        out = F.relu(self.fc2(torch.cat([out, a], 1)))
        return self.fc3(out)


def example():
    return Critic()((torch.randn(3, 4), torch.randn(3, 2)))
