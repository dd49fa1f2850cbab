"""`(w * norm(x)).sum(-1)` is a layer of one unit: its weight is drawn around zero as any other. And a norm whose scale
is kept as its distance from one starts at zero."""

import torch
from torch import nn


class Score(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.query = nn.Parameter(torch.randn(width) * width**-0.5)
        self.value = nn.Linear(width, width)

    def forward(self, x):
        score = (self.query * nn.functional.normalize(x, dim=-1)).sum(-1, keepdim=True)
        return (score.softmax(1) * self.value(x)).sum(1)


class CentredNorm(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width))
        self.eps = eps

    def forward(self, x):
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)
        return x * (1 + self.weight)


class Net(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.norm = CentredNorm(width)
        self.hidden = nn.Linear(width, width)
        self.score = Score(width)

    def forward(self, x):
        return self.score(torch.relu(self.hidden(self.norm(x))))
