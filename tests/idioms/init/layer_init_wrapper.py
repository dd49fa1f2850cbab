"""`layer_init(nn.Linear(…), std=…)` returns the layer, as in CleanRL; `init(m, gain)` of other RL code."""

import numpy as np
import torch
import torch.nn as nn


def layer_init(layer, std=np.sqrt(2), bias_const=0.0):
    torch.nn.init.orthogonal_(layer.weight, std)
    torch.nn.init.constant_(layer.bias, bias_const)
    return layer


def init(module, weight_init, bias_init, gain=1):
    weight_init(module.weight.data, gain=gain)
    bias_init(module.bias.data)
    return module


def init_normc_(weight, gain=1):
    weight.normal_(0, 1)
    weight *= gain / torch.sqrt(weight.pow(2).sum(1, keepdim=True))


class Agent(nn.Module):
    def __init__(self, obs=12, actions=4):
        super().__init__()
        self.critic = nn.Sequential(
            layer_init(nn.Linear(obs, 64)),
            nn.Tanh(),
            layer_init(nn.Linear(64, 1), std=1.0),
        )
        self.actor_mean = nn.Sequential(
            layer_init(nn.Linear(obs, 64)), nn.Tanh(), layer_init(nn.Linear(64, actions), std=0.01, bias_const=0.1)
        )
        self.actor_logstd = nn.Parameter(torch.zeros(1, actions))
        init_ = lambda m: init(
            m, nn.init.orthogonal_, lambda x: nn.init.constant_(x, 0), nn.init.calculate_gain("relu")
        )
        self.main = nn.Sequential(init_(nn.Conv2d(4, 8, 3)), nn.ReLU(), init_(nn.Linear(16, 32)))


def build():
    return Agent()
