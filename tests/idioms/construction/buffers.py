"""Buffers, persistent or not, are no parameters."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, size=12):
        super().__init__()
        self.register_buffer("bias", torch.tril(torch.ones(size, size)).view(1, 1, size, size))
        self.register_buffer("steps", torch.tensor(0), persistent=False)
        pe = torch.zeros(size, 8)
        position = torch.arange(0, size).unsqueeze(1)
        div = torch.exp(torch.arange(0, 8, 2) * -(torch.log(torch.tensor(10000.0)) / 8))
        pe[:, 0::2] = torch.sin(position * div)
        pe[:, 1::2] = torch.cos(position * div)
        self.register_buffer("pe", pe.unsqueeze(0))
        self.fixed = nn.Parameter(pe.clone(), requires_grad=False) if size < 0 else None
        self.table = torch.zeros(3)
        self.rates = nn.Buffer(torch.ones(4), persistent=False)
        self.fc = nn.Linear(8, size)
        self.norm = nn.BatchNorm1d(size)
        self.gate = nn.Parameter(self.rates / 2)


def build():
    return Net()
