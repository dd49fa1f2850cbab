import math
import torch
import torch.nn as nn


class EnsembleLinear(nn.Module):
    def __init__(self, i, o, n):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(n, i, o))
        self.bias = nn.Parameter(torch.empty(n, 1, o))
        for w in self.weight:
            nn.init.orthogonal_(w)
        bound = 1 / math.sqrt(i)
        nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, x):
        return torch.baddbmm(self.bias, x, self.weight)


class Q(nn.Module):
    def __init__(self, d, n=10):
        super().__init__()
        self.l1 = EnsembleLinear(d, 256, n)
        self.l2 = EnsembleLinear(256, 1, n)

    def forward(self, x):
        return self.l2(torch.relu(self.l1(x)))
