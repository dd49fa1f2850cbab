"""Assignments that keep a Parameter, and tensors that are meant to be plain."""

import torch
import torch.nn as nn


class LM(nn.Module):
    def __init__(self, vocab=200, dim=32):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        nn.init.normal_(self.emb.weight, std=0.02)
        self.head.weight = self.emb.weight
        self.pos = nn.Parameter(torch.randn(1, 64, dim) * 0.02)
        self.emb.weight = nn.Parameter(self.emb.weight * 0.5)
        self.head.weight = self.emb.weight
        self.head.bias = None

    def forward(self, ids):
        return self.head(self.emb(ids) + self.pos[:, : ids.shape[1]])


class Tail(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.fc.weight = nn.init.orthogonal_(self.fc.weight)
        self.fc.bias = nn.Parameter(torch.zeros(dim))
        self.register_buffer("freq", torch.arange(dim).float())
        self.freq = self.freq * 2
        self.temperature = nn.Parameter(torch.ones([])).requires_grad_(True)
        self.alpha = nn.Parameter(torch.zeros(dim)).float()
        start = nn.Parameter(torch.ones(1)) * 1.0
        self.start = nn.Parameter(start.detach())
        self.original = self.fc.weight.detach().clone()
        self.fc.to(torch.float32)

    def forward(self, x):
        return self.fc(x) * self.temperature + self.alpha + self.freq + self.start


class WeightByHand(nn.Module):
    """weight_norm's idiom: the parameter is deleted, and a plain tensor stands under its name."""

    def __init__(self, dim=16):
        super().__init__()
        self.lin = nn.Linear(dim, dim)
        w = self.lin.weight
        del self.lin._parameters["weight"]
        self.lin.register_parameter("weight_raw", nn.Parameter(w.data))
        self.lin.weight = w.data * 1.0

    def forward(self, x):
        self.lin.weight = torch.dropout(self.lin.weight_raw, 0.5, self.training)
        return self.lin(x)
