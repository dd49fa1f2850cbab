"""Norm weights that are zero or random for a reason."""

import torch
import torch.nn as nn


class Basic(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c)
        nn.init.zeros_(self.bn2.weight)

    def forward(self, x):
        return torch.relu(x + self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))


class DCGAN(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3)
        self.bn = nn.BatchNorm2d(c)
        self.act = nn.LeakyReLU(0.2)
        self.out = nn.Conv2d(c, 1, 3)
        nn.init.normal_(self.conv.weight, 0.0, 0.02)
        nn.init.normal_(self.bn.weight, 1.0, 0.02)
        nn.init.zeros_(self.bn.bias)

    def forward(self, x):
        return self.out(self.act(self.bn(self.conv(x))))


class PostNormZero(nn.Module):
    """Swin v2's res-post-norm, whose norm weight starts at zero behind each branch."""

    def __init__(self, dim=32):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)
        nn.init.constant_(self.norm.weight, 0)
        nn.init.constant_(self.norm.bias, 0)
        self.out = nn.Linear(dim, 3)

    def forward(self, x):
        return self.out(x + self.norm(torch.tanh(self.fc(x))))


class OnePlus(nn.Module):
    """A norm of its own whose weight is an offset from 1, as in Gemma."""

    def __init__(self, dim=32):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * (1 + self.weight)


class Guarded(nn.Module):
    def __init__(self, dim=32):
        super().__init__()
        self.norm = OnePlus(dim)
        self.ln = nn.LayerNorm(dim)
        self.old = nn.BatchNorm1d(dim)
        self.fc = nn.Linear(dim, dim)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)
        nn.init.uniform_(self.old.weight)

    def forward(self, x):
        return self.old(self.fc(self.ln(self.norm(x))))
