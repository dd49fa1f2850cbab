"""Expert and per-head stacks given to xavier and kaiming, which take the tail for a kernel."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Experts(nn.Module):
    def __init__(self, experts=8, dim=128, hidden=512):
        super().__init__()
        self.w1 = nn.Parameter(torch.empty(experts, dim, hidden))
        self.w2 = nn.Parameter(torch.empty(experts, hidden, dim))
        nn.init.kaiming_normal_(self.w1, nonlinearity="relu")  # expect: wrong-fan
        nn.init.xavier_uniform_(self.w2)  # expect: wrong-fan

    def forward(self, x):
        return torch.bmm(F.relu(torch.bmm(x, self.w1)), self.w2)


class HeadProjection(nn.Module):
    def __init__(self, heads=8, dim=256):
        super().__init__()
        self.q = nn.Parameter(torch.empty(heads, dim, dim // heads))
        self.k = nn.Parameter(torch.empty(heads, dim, dim // heads))
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_normal_(p)  # expect: wrong-fan

    def forward(self, x):
        q = torch.einsum("bnd,hde->bhne", x, self.q)
        k = torch.einsum("bnd,hde->bhne", x, self.k)
        return (q @ k.transpose(-1, -2) / math.sqrt(32)).softmax(-1)
