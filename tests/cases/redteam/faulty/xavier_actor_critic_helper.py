"""Actor-critic with the init(module, weight_init, bias_init) helper and Xavier in place of orthogonal."""

import torch
import torch.nn as nn


def init(module, weight_init, bias_init, gain=1):
    weight_init(module.weight.data, gain=gain)  # expect: xavier-before-relu
    bias_init(module.bias.data)
    return module


class MLPBase(nn.Module):
    def __init__(self, num_inputs=11, hidden_size=64):
        super().__init__()
        init_ = lambda m: init(m, nn.init.xavier_uniform_, lambda x: nn.init.constant_(x, 0))
        self.actor = nn.Sequential(
            init_(nn.Linear(num_inputs, hidden_size)), nn.ReLU(),
            init_(nn.Linear(hidden_size, hidden_size)), nn.ReLU(),
            init_(nn.Linear(hidden_size, hidden_size)), nn.ReLU())
        self.critic = nn.Sequential(
            init_(nn.Linear(num_inputs, hidden_size)), nn.ReLU(),
            init_(nn.Linear(hidden_size, hidden_size)), nn.ReLU(),
            init_(nn.Linear(hidden_size, hidden_size)), nn.ReLU())
        self.critic_linear = init_(nn.Linear(hidden_size, 1))

    def forward(self, inputs):
        value = self.critic_linear(self.critic(inputs))
        return value, self.actor(inputs)


def example():
    return MLPBase()(torch.randn(5, 11))[0]
