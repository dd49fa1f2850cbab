"""Activations as functions in attributes, dicts and arguments."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Layer(nn.Module):
    def __init__(self, a, b, activation=F.relu):
        super().__init__()
        self.fc = nn.Linear(a, b)
        self.activation = activation

    def forward(self, x):
        return self.activation(self.fc(x))


def _get_activation(name):
    if name == "relu":
        return F.relu
    if name == "gelu":
        return F.gelu
    raise RuntimeError(name)


class Net(nn.Module):
    acts = {"tanh": torch.tanh, "silu": F.silu}

    def __init__(self):
        super().__init__()
        self.one = Layer(4, 8)
        self.two = Layer(8, 8, torch.sigmoid)
        self.three = Layer(8, 8, self.acts["silu"])
        self.four = Layer(8, 8, _get_activation("gelu"))
        self.five = Layer(8, 8, lambda v: F.leaky_relu(v, 0.2))
        self.six = Layer(8, 2, nn.Identity())

    def forward(self, x):
        return self.six(self.five(self.four(self.three(self.two(self.one(x))))))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 4)]
