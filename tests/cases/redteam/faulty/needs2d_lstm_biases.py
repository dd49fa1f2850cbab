"""all_weights of an LSTM holds biases, too."""

import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, n_in=16, n_hid=32):
        super().__init__()
        self.rnn = nn.LSTM(n_in, n_hid, num_layers=1, batch_first=True)
        for layer_p in self.rnn._all_weights:
            for p in layer_p:
                nn.init.xavier_normal_(self.rnn.__getattr__(p))  # expect: init-needs-2d

    def forward(self, x):
        return self.rnn(x)[0][:, -1]


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = Encoder()
        self.fc = nn.Linear(32, 2)

    def forward(self, x):
        return self.fc(self.enc(x))


def example():
    return Head()(torch.randn(4, 5, 16))
