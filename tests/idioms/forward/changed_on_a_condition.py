"""Values that are changed in place on a condition that only the input decides."""

import torch
import torch.nn as nn

OPEN = ["a.weight: next", "b.weight: next", "marked.weight: repeats", "summed.weight: repeats"]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.marked = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
        self.summed = nn.Linear(4, 4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        mask = x[:, 0] > 0
        y = self.a(x)
        if mask.any().item():
            z = self.marked(x)
            y[mask] = z[mask]
        y = self.b(torch.relu(y))
        if mask.any().item():
            y += self.summed(x)
        return self.head(y)


def build():
    return Net()


def inputs():
    return [torch.linspace(-1, 1, 32).view(8, 4)]
