"""The next block's norm makes up for the scale of the stream, not for that of the branch that was added to it."""

import torch
import torch.nn.functional as F
from torch import nn


class Experts(nn.Module):
    def __init__(self, count, width, hidden):
        super().__init__()
        self.up = nn.Parameter(torch.empty(count, width, hidden))
        self.down = nn.Parameter(torch.empty(count, hidden, width))
        nn.init.xavier_uniform_(self.up)  # expect: wrong-fan
        nn.init.xavier_uniform_(self.down)  # expect: wrong-fan

    def forward(self, x):
        return torch.bmm(F.gelu(torch.bmm(x, self.up)), self.down)


class Decoder(nn.Module):
    def __init__(self, width=256, depth=4, count=8):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.experts = nn.ModuleList([Experts(count, width, 3 * width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        for norm, experts in zip(self.norms, self.experts):
            x = x + experts(norm(x))
        return self.head(self.norm(x))
