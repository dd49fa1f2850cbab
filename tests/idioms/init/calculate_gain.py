"""Gains of nonlinearities handed to Xavier, orthogonal and Kaiming."""

import torch.nn as nn
from torch.nn import init


class LinearNorm(nn.Module):
    def __init__(self, i, o, bias=True, w_init_gain="linear"):
        super().__init__()
        self.linear_layer = nn.Linear(i, o, bias=bias)
        nn.init.xavier_uniform_(self.linear_layer.weight, gain=nn.init.calculate_gain(w_init_gain))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = LinearNorm(16, 24, w_init_gain="tanh")
        self.b = LinearNorm(16, 16, bias=False)
        self.conv = nn.Conv2d(3, 8, 3)
        init.orthogonal_(self.conv.weight, init.calculate_gain("relu"))
        self.fc = nn.Linear(8, 24)
        init.kaiming_normal_(self.fc.weight, a=0.2, mode="fan_out", nonlinearity="leaky_relu")
        self.last = nn.Linear(24, 12)
        init.xavier_normal_(self.last.weight, gain=init.calculate_gain("leaky_relu", param=0.1))
        init.constant_(self.last.bias, init.calculate_gain("selu"))


def build():
    return Net()
