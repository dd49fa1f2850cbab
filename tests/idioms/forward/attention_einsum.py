"""Attention as einsum, with a mask."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, dim=8, heads=2):
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(dim, dim)
        self.to_k = nn.Linear(dim, dim)
        self.to_v = nn.Linear(dim, dim)
        self.to_out = nn.Linear(dim, dim)

    def split(self, x):
        b, n, d = x.size()
        return x.view(b, n, self.heads, d // self.heads).transpose(1, 2)

    def forward(self, x, mask=None):
        q, k, v = map(self.split, (self.to_q(x), self.to_k(x), self.to_v(x)))
        scores = torch.einsum("bhid,bhjd->bhij", q, k) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(mask == 0, float("-inf"))
        weights = F.softmax(scores, dim=-1)
        out = torch.einsum("bhij,bhjd->bhid", weights, v)
        out = out.transpose(1, 2).contiguous().flatten(2)
        return self.to_out(out)


def build():
    return Net()


def inputs():
    return [torch.randn(2, 5, 8)]
