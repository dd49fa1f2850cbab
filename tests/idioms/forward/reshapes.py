"""Reshape, permute, chunk, split, unbind, flatten and roll pass values on."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)
        self.d = nn.Linear(4, 8)
        self.e = nn.Linear(4, 8)
        self.f = nn.Linear(8, 8)
        self.g = nn.Linear(32, 2)

    def forward(self, x):
        x = self.a(x).permute(1, 0, 2).contiguous()
        x = torch.relu(x).transpose(0, 1)
        x = self.b(x).view(x.shape[0], -1, 8).unsqueeze(1).squeeze(1)
        x = F.silu(x)
        x = torch.flatten(self.c(x), 0, 1).reshape(-1, 8)
        left, right = torch.tanh(x).split(4, dim=-1)
        left, right = self.d(left), self.e(right)
        x = torch.stack((left, right), dim=1).relu()
        one, two = torch.unbind(x, dim=1)
        x = torch.roll(self.f(one), 1, dims=0)
        x = F.relu(x).reshape(2, 32)
        return self.g(x)


def build():
    return Net()


def inputs():
    return [torch.randn(2, 4, 8)]
