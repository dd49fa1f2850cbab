"""Uniform draws from zero upwards: every weight is positive, so every unit sees nearly the same sum."""

import torch
import torch.nn as nn


class TwoLayer(nn.Module):
    def __init__(self, n_in=784, n_hidden=100, n_out=10):
        super().__init__()
        self.w1 = nn.Parameter(torch.rand(n_in, n_hidden))  # expect: wrong-fan
        self.b1 = nn.Parameter(torch.zeros(n_hidden))
        self.w2 = nn.Parameter(torch.randn(n_hidden, n_out) * 0.1)

    def forward(self, x):
        return torch.sigmoid(x @ self.w1 + self.b1) @ self.w2


class Regressor(nn.Module):
    def __init__(self, dim=13):
        super().__init__()
        self.hidden1 = nn.Linear(dim, 64)
        self.hidden2 = nn.Linear(64, 64)
        self.out = nn.Linear(64, 1)
        for layer in (self.hidden1, self.hidden2):
            nn.init.uniform_(layer.weight)  # expect: wrong-fan

    def forward(self, x):
        return self.out(torch.relu(self.hidden2(torch.relu(self.hidden1(x)))))
