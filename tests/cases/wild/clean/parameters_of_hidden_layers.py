"""The layers lie in a plain list, and all their parameters in a ParameterList."""

import torch
from torch import nn


class Masked(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) / inputs**0.5)

    def forward(self, x):
        return x @ self.weight


class Flow(nn.Module):
    def __init__(self, size, count, hidden=1):
        super().__init__()
        self.flows = []
        self.kept = []
        for _ in range(count):
            first = Masked(size, size)
            self.kept += list(first.parameters())
            more = []
            for _ in range(hidden):
                more += [Masked(size, size), nn.ELU()]
                self.kept += list(more[-2].parameters())
            self.flows.append((first, nn.Sequential(*more)))
        self.kept = nn.ParameterList(self.kept)

    def forward(self, x):
        for first, more in self.flows:
            x = x + more(first(x))
        return x


class Autoencoder(nn.Module):
    def __init__(self, args):
        super().__init__()
        self.flow = Flow(args.size, args.count)

    def forward(self, x):
        return self.flow(x)
