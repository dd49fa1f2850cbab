"""A weight stored (in, out), filled by Kaiming, which takes its second axis for the fan in."""

import torch
import torch.nn as nn


class GraphLayer(nn.Module):
    def __init__(self, in_features=1433, out_features=16):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        nn.init.kaiming_normal_(self.weight, nonlinearity="relu")  # expect: wrong-fan

    def forward(self, x, adj):
        return torch.relu(adj @ (x @ self.weight) + self.bias)


class GCN(nn.Module):
    def __init__(self):
        super().__init__()
        self.gc1 = GraphLayer(1433, 16)
        self.out = nn.Linear(16, 7)

    def forward(self, x, adj):
        return self.out(self.gc1(x, adj))
