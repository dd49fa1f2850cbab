"""A slice of the biases set to 1 (the forget gate), the rest as it was."""

import torch.nn as nn


# Two values each: a slice and the rest.
UNKNOWN = {"lstm.bias_ih_l0", "lstm.bias_hh_l0", "cell.bias_ih"}


class Net(nn.Module):
    def __init__(self, i=12, h=16):
        super().__init__()
        self.lstm = nn.LSTM(i, h)
        nn.init.zeros_(self.lstm.bias_hh_l0)
        for names in self.lstm._all_weights:
            for name in filter(lambda n: "bias" in n, names):
                bias = getattr(self.lstm, name)
                n = bias.size(0)
                bias.data.fill_(0)
                start, end = n // 4, n // 2
                bias.data[start:end].fill_(1.0)
        self.cell = nn.LSTMCell(i, h)
        self.cell.bias_ih.data[h : 2 * h] = 1
        self.fc = nn.Linear(i, h)


def build():
    return Net()
