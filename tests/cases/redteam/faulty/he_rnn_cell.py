"""A tanh recurrent cell by hand with Kaiming weights."""

import torch
import torch.nn as nn


class RNNCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size, hidden_size)
        self.h2h = nn.Linear(hidden_size, hidden_size, bias=False)
        nn.init.kaiming_normal_(self.h2h.weight, nonlinearity="relu")  # expect: he-before-saturating

    def forward(self, x, h):
        return torch.tanh(self.i2h(x) + self.h2h(h))


class CharRNN(nn.Module):
    def __init__(self, vocab=64, dim=32, hidden=256):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.embed.weight.data.uniform_(-0.1, 0.1)
        self.cell = RNNCell(dim, hidden)
        self.decoder = nn.Linear(hidden, vocab)

    def forward(self, tokens):
        x = self.embed(tokens)
        h = x.new_zeros(x.size(0), self.cell.hidden_size)
        outputs = []
        for t in range(x.size(1)):
            h = self.cell(x[:, t], h)
            outputs.append(self.decoder(h))
        return torch.stack(outputs, dim=1)


def example():
    return CharRNN()(torch.randint(0, 64, (2, 10)))
