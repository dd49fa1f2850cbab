"""A recurrent cell from scratch, its matrices drawn from N(0, 1): the tanh is flat from the first step on."""

import torch
from torch import nn


class Cell(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.w_x = nn.Parameter(torch.randn(inputs, hidden))  # expect: weight-scale-too-large
        self.w_h = nn.Parameter(torch.randn(hidden, hidden))  # expect: weight-scale-too-large
        self.bias = nn.Parameter(torch.zeros(hidden))

    def forward(self, x, h):
        return torch.tanh(x @ self.w_x + h @ self.w_h + self.bias)


class Recurrent(nn.Module):
    def __init__(self, inputs=128, hidden=256, outputs=10):
        super().__init__()
        self.cell = Cell(inputs, hidden)
        self.head = nn.Linear(hidden, outputs)
        self.hidden = hidden

    def forward(self, x):
        h = x.new_zeros(x.size(1), self.hidden)
        for step in range(x.size(0)):
            h = self.cell(x[step], h)
        return self.head(h)
