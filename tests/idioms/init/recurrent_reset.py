"""Every parameter of a cell by one bound: `for weight in self.parameters(): weight.data.uniform_(-stdv, stdv)`."""

import math

import torch
import torch.nn as nn


class Cell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_ih = nn.Parameter(torch.Tensor(4 * hidden_size, input_size))
        self.weight_hh = nn.Parameter(torch.Tensor(4 * hidden_size, hidden_size))
        self.bias = nn.Parameter(torch.Tensor(4 * hidden_size))
        self.x2h = nn.Linear(input_size, hidden_size)
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            weight.data.uniform_(-stdv, stdv)


class Ortho(nn.Module):
    def __init__(self, i=12, h=16):
        super().__init__()
        self.lstm = nn.LSTM(i, h, num_layers=2)
        self.gru = nn.GRU(h, h)
        for name, param in self.lstm.named_parameters():
            if "bias" in name:
                nn.init.constant_(param, 0.0)
            elif "weight_ih" in name:
                nn.init.xavier_uniform_(param.data)
            elif "weight_hh" in name:
                nn.init.orthogonal_(param)
        for layer in self.gru.all_weights:
            for w in layer:
                if w.dim() >= 2:
                    nn.init.orthogonal_(w.data)
                else:
                    nn.init.normal_(w.data)


def build():
    return nn.ModuleList([Cell(12, 16), Ortho()])
