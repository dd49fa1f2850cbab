"""Recurrent layers and cells: U(±1/sqrt(hidden)) for all parameters."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(4, 16, nonlinearity="relu")
        self.lstm = nn.LSTM(4, 16, num_layers=2, bidirectional=True)
        self.projected = nn.LSTM(4, 16, proj_size=5)
        self.gru = nn.GRU(4, 9, bias=False)
        self.cell = nn.LSTMCell(4, 16)
        self.gru_cell = nn.GRUCell(4, 9)
        self.rnn_cell = nn.RNNCell(4, 9, bias=False)
