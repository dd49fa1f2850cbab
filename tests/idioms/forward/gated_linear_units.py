"""GLU by F.glu, by chunk, by two projections (SwiGLU, GEGLU)."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SwiGLU(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.w1 = nn.Linear(dim, hidden, bias=False)
        self.w2 = nn.Linear(hidden, dim, bias=False)
        self.w3 = nn.Linear(dim, hidden, bias=False)

    def forward(self, x):
        return self.w2(F.silu(self.w1(x)) * self.w3(x))


class GEGLU(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.proj = nn.Linear(dim, hidden * 2)
        self.out = nn.Linear(hidden, dim)

    def forward(self, x):
        x, gate = self.proj(x).chunk(2, dim=-1)
        return self.out(x * F.gelu(gate))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = SwiGLU(8, 16)
        self.two = GEGLU(8, 16)
        self.three = nn.Linear(8, 16)
        self.last = nn.Linear(8, 2)

    def forward(self, x):
        x = x + self.one(x)
        x = x + self.two(x)
        return self.last(F.glu(self.three(x), dim=-1))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
