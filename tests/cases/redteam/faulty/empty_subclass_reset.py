"""A subclass adds a parameter after the base class has already reset its own."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class BaseGraphLayer(nn.Module):
    def __init__(self, in_dim, out_dim):
        super().__init__()
        self.in_dim, self.out_dim = in_dim, out_dim
        self.weight = nn.Parameter(torch.empty(in_dim, out_dim))
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1 / math.sqrt(self.in_dim)
        nn.init.uniform_(self.weight, -bound, bound)

    def message(self, x):
        return x @ self.weight


class EdgeGatedLayer(BaseGraphLayer):
    def __init__(self, in_dim, out_dim, edge_dim=8):
        super().__init__(in_dim, out_dim)
        self.edge_weight = nn.Parameter(torch.empty(edge_dim, out_dim))  # expect: uninitialised-parameter
        self.norm = nn.LayerNorm(out_dim)

    def forward(self, x, src, dst, edge_attr):
        gate = torch.sigmoid(edge_attr @ self.edge_weight)
        msg = self.message(x)[src] * gate
        out = torch.zeros(x.size(0), self.out_dim, device=x.device)
        out = out.index_add(0, dst, msg)
        return F.relu(self.norm(out))


def example():
    layer = EdgeGatedLayer(16, 16)
    src, dst = torch.tensor([0, 1, 2]), torch.tensor([1, 2, 0])
    return layer(torch.randn(3, 16), src, dst, torch.randn(3, 8))
