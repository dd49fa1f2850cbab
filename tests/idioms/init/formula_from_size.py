"""Bounds from `weight.size(…)`, `shape`, `in_features`, by hand: `stdv = 1. / math.sqrt(self.weight.size(1))`."""

import math

import numpy as np
import torch
import torch.nn as nn


class GraphConvolution(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super(GraphConvolution, self).__init__()
        self.in_features = in_features
        self.weight = nn.Parameter(torch.FloatTensor(in_features, out_features))
        if bias:
            self.bias = nn.Parameter(torch.FloatTensor(out_features))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / math.sqrt(self.weight.size(1))
        self.weight.data.uniform_(-stdv, stdv)
        if self.bias is not None:
            self.bias.data.uniform_(-stdv, stdv)


def glorot(tensor):
    if tensor is not None:
        stdv = math.sqrt(6.0 / (tensor.size(-2) + tensor.size(-1)))
        tensor.data.uniform_(-stdv, stdv)


def hidden_init(layer):
    fan_in = layer.weight.data.size()[0]
    lim = 1.0 / np.sqrt(fan_in)
    return (-lim, lim)


def weights_init_(m):
    size = m.weight.size()
    fan_out = size[0]
    fan_in = size[1]
    variance = np.sqrt(2.0 / (fan_in + fan_out))
    m.weight.data.normal_(0.0, variance)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gc = GraphConvolution(20, 30)
        self.gc2 = GraphConvolution(30, 8, bias=False)
        self.att = nn.Parameter(torch.empty(1, 4, 16))
        glorot(self.att)
        self.fc1 = nn.Linear(16, 24)
        self.fc1.weight.data.uniform_(*hidden_init(self.fc1))
        self.fc2 = nn.Linear(24, 12)
        weights_init_(self.fc2)
        self.fc3 = nn.Linear(12, 20)
        limit = math.sqrt(3 / self.fc3.weight.shape[-1])
        nn.init.uniform_(self.fc3.weight, a=-limit, b=limit)
        out, inp = self.fc3.weight.shape
        self.fc3.bias.data.normal_().mul_(inp / out)


def build():
    return Net()
