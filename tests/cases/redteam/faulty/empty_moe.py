"""Mixture of experts: the expert weights are drawn, the router's forgotten."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Experts(nn.Module):
    def __init__(self, n, dim, hidden):
        super().__init__()
        self.w1 = nn.Parameter(torch.empty(n, dim, hidden))
        self.w2 = nn.Parameter(torch.empty(n, hidden, dim))
        nn.init.normal_(self.w1, std=dim**-0.5)
        nn.init.normal_(self.w2, std=hidden**-0.5)

    def forward(self, x):
        h = F.gelu(torch.einsum("end,edh->enh", x, self.w1))
        return torch.einsum("enh,ehd->end", h, self.w2)


class MoE(nn.Module):
    def __init__(self, dim=64, hidden=128, num_experts=4):
        super().__init__()
        self.w_gate = nn.Parameter(torch.Tensor(dim, num_experts))  # expect: uninitialised-parameter
        self.experts = Experts(num_experts, dim, hidden)
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        y = self.norm(x)
        gates = F.softmax(y @ self.w_gate, dim=-1)
        out = self.experts(y.unsqueeze(0).expand(gates.size(-1), -1, -1))
        return x + torch.einsum("ne,end->nd", gates, out)


def example():
    return MoE()(torch.randn(6, 64))
