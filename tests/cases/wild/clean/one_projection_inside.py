"""Xavier before SiLU at single layers inside a network: gates and projections, where nothing compounds."""

import torch
from torch import nn


class EdgeAttention(nn.Module):
    def __init__(self, width=80):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.edge = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.head = nn.Linear(width, 1)
        for layer in (self.query, self.key, self.edge, self.out):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, edges):
        x = self.norm(x)
        gate = nn.functional.silu(self.edge(edges))
        scores = (self.query(x) * self.key(x) * gate).sum(-1, keepdim=True)
        return self.head(self.out(x * torch.sigmoid(scores)))
