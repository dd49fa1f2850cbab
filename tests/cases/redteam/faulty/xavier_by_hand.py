"""Glorot's formula written by hand in an own layer, four ReLU layers deep."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def glorot(tensor):
    if tensor is not None:
        stdv = math.sqrt(6.0 / (tensor.size(-2) + tensor.size(-1)))
        tensor.data.uniform_(-stdv, stdv)  # expect: xavier-before-relu


def zeros(tensor):
    if tensor is not None:
        tensor.data.fill_(0)


class Lin(nn.Module):
    def __init__(self, cin, cout, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(cin, cout))
        if bias:
            self.bias = nn.Parameter(torch.empty(cout))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        glorot(self.weight)
        zeros(self.bias)

    def forward(self, x):
        out = torch.matmul(x, self.weight)
        if self.bias is not None:
            out = out + self.bias
        return out


class Net(nn.Module):
    def __init__(self, channels=64, num_layers=4, classes=6):
        super().__init__()
        self.lins = nn.ModuleList()
        for _ in range(num_layers):
            self.lins.append(Lin(channels, channels))
        self.out = Lin(channels, classes)

    def forward(self, x):
        for lin in self.lins:
            x = F.relu(lin(x))
        return self.out(x)


def example():
    return Net()(torch.randn(3, 64))
