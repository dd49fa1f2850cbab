"""A recurrent cell called once a time step."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, hidden=6):
        super().__init__()
        self.hidden = hidden
        self.cell = nn.GRUCell(4, hidden)
        self.out = nn.Linear(hidden, 2)

    def forward(self, x):
        h = x.new_zeros(x.size(0), self.hidden)
        outputs = []
        for t in range(x.size(1)):
            h = self.cell(x[:, t], h)
            outputs.append(h)
        y = torch.stack(outputs, dim=1)
        return self.out(y)


# How many time steps there are is the input's to say.
OPEN = {
    "cell.weight_hh (2): repeats",
    "cell.weight_hh: repeats",
}


def build():
    return Net()


def inputs():
    return [torch.randn(2, 2, 4)]
