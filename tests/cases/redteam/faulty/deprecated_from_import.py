"""Old names imported by themselves."""

import torch
from torch import nn
from torch.nn.init import kaiming_normal, orthogonal


class ConvLSTMCell(nn.Module):
    def __init__(self, cin, hid):
        super().__init__()
        self.hid = hid
        self.gates = nn.Conv2d(cin + hid, 4 * hid, 3, padding=1)
        orthogonal(self.gates.weight)  # expect: deprecated-init

    def forward(self, x, state):
        h, c = state
        i, f, o, g = self.gates(torch.cat([x, h], 1)).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c


class Predictor(nn.Module):
    def __init__(self, cin=1, hid=16):
        super().__init__()
        self.cell = ConvLSTMCell(cin, hid)
        self.out = nn.Conv2d(hid, cin, 1)
        kaiming_normal(self.out.weight)  # expect: deprecated-init

    def forward(self, seq):
        b, t, _, hh, ww = seq.shape
        h = seq.new_zeros(b, self.cell.hid, hh, ww)
        state = (h, h.clone())
        for k in range(t):
            state = self.cell(seq[:, k], state)
        return self.out(state[0])


def example():
    return Predictor()(torch.rand(1, 3, 1, 8, 8))
