"""Weights that are computed from other parameters: their names, and what the forward sees."""

import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize, remove_weight_norm, spectral_norm, weight_norm


class Weighted(nn.Module):
    def __init__(self):
        super().__init__()
        first = nn.Conv1d(3, 8, 5)
        nn.init.kaiming_normal_(first.weight)
        self.first = weight_norm(first)
        self.second = weight_norm(nn.Linear(8, 4), dim=None)
        self.third = weight_norm(nn.Linear(4, 4))
        nn.init.normal_(self.third.weight_v)
        self.plain = weight_norm(nn.Linear(4, 2))
        remove_weight_norm(self.plain)

    def forward(self, x):
        return self.plain(self.third(self.second(self.first(x).mean(2))))


class New(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = parametrizations.weight_norm(nn.Linear(3, 8))
        self.second = parametrizations.spectral_norm(nn.Linear(8, 8))
        self.third = parametrizations.orthogonal(nn.Linear(8, 8))
        self.cell = parametrizations.weight_norm(nn.LSTM(8, 4), "weight_hh_l0")

    def forward(self, x):
        return self.cell(self.third(self.second(self.first(x))))[0]


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).transpose(-1, -2)


class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 6)
        parametrize.register_parametrization(self.fc, "weight", Symmetric())
        self.old = spectral_norm(nn.Conv2d(3, 4, 3))

    def forward(self, x):
        return torch.relu(self.fc(x))
