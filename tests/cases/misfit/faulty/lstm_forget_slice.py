"""Forget gate biases written into another gate's slice; torch's order is input, forget, cell, output."""

import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, dim=50, hidden=128, tags=9):
        super().__init__()
        self.lstm = nn.LSTM(dim, hidden, num_layers=1, batch_first=True)
        self.out = nn.Linear(hidden, tags)
        for name, p in self.lstm.named_parameters():
            if "bias" in name:
                n = p.size(0)
                p.data[n // 2: 3 * n // 4].fill_(1.0)  # expect: forget-gate-bias

    def forward(self, x):
        return self.out(self.lstm(x)[0])


class Cell(nn.Module):
    def __init__(self, dim=32, hidden=64):
        super().__init__()
        self.hidden = hidden
        self.cell = nn.LSTMCell(dim, hidden)
        self.cell.bias_ih.data[:hidden] = 1.  # expect: forget-gate-bias

    def forward(self, x):
        h = c = torch.zeros(x.size(0), self.hidden)
        for t in range(x.size(1)):
            h, c = self.cell(x[:, t], (h, c))
        return h
