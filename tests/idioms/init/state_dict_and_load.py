"""Weights copied from another model by `load_state_dict`, by zip of parameters and by `copy_params`."""

import copy

import torch.nn as nn


class Q(nn.Module):
    def __init__(self, dim=20):
        super().__init__()
        self.fc1 = nn.Linear(dim, dim)
        self.fc2 = nn.Linear(dim, 30)
        nn.init.orthogonal_(self.fc1.weight)


class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.online = Q()
        self.target = Q()
        nn.init.zeros_(self.target.fc2.weight)
        self.target.load_state_dict(self.online.state_dict())
        self.momentum = copy.deepcopy(self.online)
        self.key = Q()
        for param_q, param_k in zip(self.online.parameters(), self.key.parameters()):
            param_k.data.copy_(param_q.data)
            param_k.requires_grad = False


def build():
    return Agent()
