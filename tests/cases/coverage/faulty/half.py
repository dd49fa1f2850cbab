"""One parameter of a pair is filled, the other keeps garbage."""
import math

import torch
import torch.nn as nn


class GraphConv(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.FloatTensor(in_features, out_features))
        self.bias = nn.Parameter(torch.FloatTensor(out_features))  # expect: half-initialised
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / math.sqrt(self.weight.size(1))
        self.weight.data.uniform_(-stdv, stdv)

    def forward(self, x, adj):
        return adj @ (x @ self.weight) + self.bias


class BilinearPair(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.u = nn.Parameter(torch.empty(d, d))
        self.v = nn.Parameter(torch.empty(d, d))  # expect: half-initialised
        nn.init.xavier_uniform_(self.u)

    def forward(self, a, b):
        return torch.tanh(a @ self.u) * torch.tanh(b @ self.v)
