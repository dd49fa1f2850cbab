"""A recurrent cell on the concatenation of input and state, Kaiming before tanh."""

import torch
import torch.nn as nn


class RNN(nn.Module):
    def __init__(self, input_size=6, hidden_size=256, output_size=18):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        nn.init.kaiming_normal_(self.i2h.weight, nonlinearity="relu")  # expect: he-before-saturating
        nn.init.zeros_(self.i2h.bias)

    def forward(self, line):
        hidden = torch.zeros(line.size(1), self.hidden_size)
        for i in range(line.size(0)):
            combined = torch.cat((line[i], hidden), 1)
            hidden = torch.tanh(self.i2h(combined))
        return self.h2o(hidden)


def example():
    return RNN()(0.1 * torch.randn(9, 4, 6))
