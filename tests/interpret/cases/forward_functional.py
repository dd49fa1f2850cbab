"""Functional activations, reshapes, and other straight-line code."""

import torch
import torch.nn.functional as F
from torch import nn

SHAPES = {"Net": (2, 3, 8, 8), "Weights": (2, 3)}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.fc1 = nn.Linear(64, 8)
        self.fc2 = nn.Linear(8, 8)
        self.fc3 = nn.Linear(8, 8)
        self.fc4 = nn.Linear(8, 8)
        self.fc5 = nn.Linear(8, 2)

    def forward(self, x, mask=None):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        x = x.view(x.size(0), -1)
        x = self.fc1(x).relu()
        x = F.leaky_relu(self.fc2(x), negative_slope=0.2)
        x = torch.sigmoid(self.fc3(x)) * 0.5
        x = F.dropout(x, 0.1, self.training)
        x = self.fc4(x)
        x = F.gelu(x, approximate="tanh")
        if mask is not None:
            x = x * mask
        return F.log_softmax(self.fc5(x), dim=-1)


class Weights(nn.Module):
    """Own parameters used as the weights of functions."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(5, 3))
        self.bias = nn.Parameter(torch.zeros(5))
        self.matrix = nn.Parameter(torch.randn(5, 4))
        self.scale = nn.Parameter(torch.ones(4))
        self.shift = nn.Parameter(torch.zeros(4))

    def forward(self, x):
        x = F.linear(x, self.weight, self.bias)
        x = torch.tanh(x @ self.matrix)
        return F.layer_norm(x, (4,), self.scale, self.shift) * self.scale + self.shift
