"""Recurrent layers with all their options, and cells."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, i=12, h=16):
        super().__init__()
        self.lstm = nn.LSTM(i, h, num_layers=2, batch_first=True, bidirectional=True, dropout=0.1)
        self.gru = nn.GRU(h * 2, h, bias=False)
        self.rnn = nn.RNN(h, h, nonlinearity="relu")
        self.proj = nn.LSTM(h, 20, proj_size=6)
        self.cell = nn.LSTMCell(i, h)
        self.gcell = nn.GRUCell(i, h, bias=False)
        self.cells = nn.ModuleList([nn.RNNCell(h, h) for _ in range(2)])
        rnn = {"LSTM": nn.LSTM, "GRU": nn.GRU}["GRU"]
        self.picked = getattr(nn, "LSTM")(i, h) if rnn is nn.LSTM else rnn(i, h)


def build():
    return Net()
