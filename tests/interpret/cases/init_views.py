"""Writes to a part of a parameter: it then has two distributions, and is not known."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n=60):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(40, n) for _ in range(8)])
        w = [layer.weight.data for layer in self.layers]
        w[0][: n // 2].zero_()
        first, _second = w[1].chunk(2)
        first.zero_()
        for part in w[2].split(n // 2):
            nn.init.ones_(part)
        w[3].narrow(0, 0, 30).zero_()
        w[4].select(0, 1).fill_(100)
        w[5].numpy()[:] = 0
        w[6].diagonal().fill_(100)
        w[7][torch.rand(n, 40) > 0.5] = 0


class Recurrent(nn.Module):
    """The forget gate's bias, found in three ways; and the flat lists of an RNN."""

    def __init__(self, hidden=30):
        super().__init__()
        self.a = nn.LSTM(20, hidden)
        for names in self.a._all_weights:
            for name in filter(lambda n: "bias" in n, names):
                bias = getattr(self.a, name)
                bias.data[hidden : 2 * hidden].fill_(1.0)
        self.b = nn.LSTM(20, hidden)
        for weights in self.b.all_weights:
            for weight in weights:
                nn.init.zeros_(weight)
        self.c = nn.LSTM(20, hidden)
        nn.init.ones_(self.c.__getattr__("bias_hh_l0"))


class States(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(30, 40)
        for name, value in self.state_dict().items():
            if name == "a.weight":
                value.fill_(4)
