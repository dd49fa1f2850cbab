"""A graph-attention layer whose attention vector has one dimension."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class GATLayer(nn.Module):
    def __init__(self, in_dim, out_dim, alpha=0.2):
        super().__init__()
        self.alpha = alpha
        self.W = nn.Parameter(torch.empty(in_dim, out_dim))
        self.a = nn.Parameter(torch.empty(2 * out_dim))
        nn.init.xavier_uniform_(self.W, gain=1.414)
        nn.init.xavier_uniform_(self.a, gain=1.414)  # expect: init-needs-2d

    def forward(self, h, adj):
        wh = h @ self.W
        d = wh.size(1)
        e = F.leaky_relu((wh @ self.a[:d]).unsqueeze(1) + (wh @ self.a[d:]).unsqueeze(0), self.alpha)
        att = torch.where(adj > 0, e, torch.full_like(e, -9e15)).softmax(1)
        return F.elu(att @ wh)


def example():
    return GATLayer(8, 8)(torch.randn(4, 8), torch.ones(4, 4))
