"""Parameters made of views, parts and joins of other tensors, in all ways that change a shape."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=40):
        super().__init__()
        self.scaled = nn.Parameter(0.1 * torch.ones(dim).unsqueeze(-1).unsqueeze(-1))
        self.column = nn.Parameter(torch.ones(dim)[:, None])
        self.row = nn.Parameter(torch.randn(dim, 4)[None])
        self.last = nn.Parameter(torch.randn(dim, 4)[..., None] * 2)
        self.upper = nn.Parameter(torch.randn(dim, 40)[: dim // 2, ::2])
        self.one = nn.Parameter(torch.rand(dim, 40)[0])
        self.turned = nn.Parameter(torch.randn(dim, 4).t())
        self.folded = nn.Parameter(torch.randn(dim, 4).view(2, -1))
        self.spread = nn.Parameter(torch.ones(dim, 1) * torch.randn(dim, 4))
        self.grid = nn.Parameter(torch.full((dim, 1), 3.0) * torch.ones(4))
        self.joined = nn.Parameter(torch.cat([torch.zeros(2, 3), torch.zeros(dim, 3)]))
        self.stacked = nn.Parameter(torch.stack([torch.randn(dim, 3) for _ in range(2)], dim=-1))
        self.repeated = nn.Parameter(torch.zeros(dim).clone().unsqueeze(0).repeat(2, 1))


def build():
    return Net()
