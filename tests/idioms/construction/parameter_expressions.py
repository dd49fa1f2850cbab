"""`nn.Parameter` of every usual tensor, scaled, shifted, repeated, transposed."""

import math

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=16, tokens=9):
        super().__init__()
        self.zeros = nn.Parameter(torch.zeros(1, tokens + 1, dim))
        self.ones = nn.Parameter(torch.ones(dim))
        self.scaled = nn.Parameter(1e-6 * torch.ones(dim), requires_grad=True)
        self.randn = nn.Parameter(torch.randn(1, tokens, dim) * 0.02)
        self.std = nn.Parameter(dim**-0.5 * torch.randn(tokens, dim))
        self.div = nn.Parameter(torch.randn(dim, dim) / math.sqrt(dim))
        self.rand = nn.Parameter(torch.rand(dim, dim) * 2 - 1)
        self.full = nn.Parameter(torch.full((dim,), 0.25))
        self.eye = nn.Parameter(torch.eye(3, 20))
        self.tensor = nn.Parameter(torch.tensor([1.0, 1.0, 1.0]))
        self.log = nn.Parameter(torch.ones([]) * math.log(1 / 0.07))
        self.empty = nn.Parameter(torch.empty(dim, 2 * dim))
        self.uniform = nn.Parameter(torch.FloatTensor(dim, dim).uniform_(-0.2, 0.2))
        self.tensor_new = nn.Parameter(torch.Tensor(2, 30))
        self.like = nn.Parameter(torch.zeros_like(self.randn))
        self.normal = nn.Parameter(torch.normal(0.0, 0.3, size=(10, 20)))
        self.neg = nn.Parameter(-torch.ones(4) * 2.0)
        self.sum = nn.Parameter(torch.zeros(5) + 0.5)
        self.t = nn.Parameter(torch.randn(4, 30).t().contiguous())
        self.view = nn.Parameter(torch.randn(6 * 20).view(6, 20))
        self.rep = nn.Parameter(torch.zeros(1, 1, dim).repeat(1, 3, 1))
        self.chained = nn.Parameter(torch.empty(8, 16).normal_(std=0.05))
        self.cat = nn.Parameter(torch.zeros(2, 3).unsqueeze(0).expand(4, -1, -1).clone())
        self.frozen = nn.Parameter(torch.zeros(3, dtype=torch.float32), requires_grad=False)
        self.cast = nn.Parameter(torch.randn((dim, 5), device=None).float())
        self.temperature = nn.Parameter(torch.tensor(0.5))
        nn.init.xavier_uniform_(self.empty)
        nn.init.kaiming_uniform_(self.tensor_new, a=math.sqrt(5))


def build():
    return Net()
