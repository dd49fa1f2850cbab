"""An own dense layer that starts at zero, as in a regression formula, used twice in a row."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Dense(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = nn.Parameter(torch.zeros(out_features, in_features))  # expect: zero-weight-init
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)

    def extra_repr(self):
        return "{} -> {}".format(self.in_features, self.out_features)


class Regressor(nn.Module):
    """Three dense layers with ReLU between."""

    def __init__(self, in_dim=13, hidden=64):
        super().__init__()
        self.l1 = Dense(in_dim, hidden)
        self.l2 = Dense(hidden, hidden)
        self.l3 = Dense(hidden, 1)

    def forward(self, x):
        h = F.relu(self.l1(x))
        h = F.relu(self.l2(h))
        return self.l3(h).squeeze(-1)


def example():
    return Regressor()(torch.randn(4, 13))
