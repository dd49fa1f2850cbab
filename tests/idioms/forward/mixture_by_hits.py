"""Experts that only the tokens routed to them pass, added up where the tokens came from; a cache that begins empty."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Experts(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Parameter(torch.randn(2, 16, 8))
        self.down = nn.Parameter(torch.randn(2, 8, 16))

    def forward(self, x, chosen, weights):
        result = torch.zeros_like(x)
        mask = F.one_hot(chosen, num_classes=2).permute(2, 1, 0)
        hits = torch.greater(mask.sum(dim=(-1, -2)), 0).nonzero()
        for hit in hits:
            hit = hit[0]
            if hit == 2:
                continue
            place, token = torch.where(mask[hit])
            hidden = F.relu(F.linear(x[token], self.up[hit]))
            hidden = F.linear(hidden, self.down[hit]) * weights[token, place, None]
            result.index_add_(0, token, hidden)
        return result


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.router = nn.Linear(8, 2)
        self.experts = Experts()
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        kept = torch.tensor([])
        x = torch.cat([kept, F.relu(self.a(x))], 0)
        weights, chosen = torch.topk(self.router(x), 1, dim=-1)
        return self.head(x + self.experts(x, chosen, F.softmax(weights, -1)))


def build():
    return Net()


def inputs():
    return [torch.randn(16, 8)]
