"""Formulas written out with the root in the wrong place, or over the wrong fan."""

import math

import torch
import torch.nn as nn


class PlainNet(nn.Module):
    def __init__(self, width=512, depth=4):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.head = nn.Linear(width, 10)
        for layer in self.layers:
            nn.init.normal_(layer.weight, 0, 2 / math.sqrt(layer.in_features))  # expect: wrong-fan
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)


class Mlp(nn.Module):
    def __init__(self, d_in, d_hidden, d_out):
        super().__init__()
        self.fc1 = nn.Linear(d_in, d_hidden)
        self.fc2 = nn.Linear(d_hidden, d_hidden)
        self.fc3 = nn.Linear(d_hidden, d_out)
        self.fc1.weight.data.normal_(0, 1 / d_in)  # expect: wrong-fan
        self.fc2.weight.data.normal_(0, 1 / d_hidden)  # expect: wrong-fan

    def forward(self, x):
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))
