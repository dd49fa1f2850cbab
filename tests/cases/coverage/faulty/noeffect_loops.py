"""Loops whose variable is rebound, which changes no parameter."""
import math

import torch
from torch import nn


class CharRNN(nn.Module):
    def __init__(self, n_tokens, hidden_size=128):
        super(CharRNN, self).__init__()
        self.encoder = nn.Embedding(n_tokens, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)
        self.decoder = nn.Linear(hidden_size, n_tokens)
        stdv = 1.0 / math.sqrt(hidden_size)
        for p in self.parameters():
            p = torch.empty_like(p).uniform_(-stdv, stdv)  # expect: init-has-no-effect

    def forward(self, x, h):
        out, h = self.gru(self.encoder(x), h)
        return self.decoder(out), h


class MLP(nn.Module):
    def __init__(self, sizes=(784, 300, 100, 10)):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.reset()

    def reset(self):
        for name, param in self.named_parameters():
            if "weight" in name:
                param = nn.init.xavier_normal_(torch.empty(param.shape))  # expect: init-has-no-effect
            else:
                nn.init.zeros_(param)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)
