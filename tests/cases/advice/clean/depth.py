# select: IL502,IL508,IL509,IL511
import math
import torch
import torch.nn as nn


class PreNorm(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.n1 = nn.LayerNorm(d)
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.n2 = nn.LayerNorm(d)
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))

    def forward(self, x):
        y = self.n1(x)
        x = x + self.attn(y, y, y)[0]
        return x + self.ff(self.n2(x))


class PreNormDeep(nn.Module):
    """At PyTorch's default: nobody chose a scale."""

    def __init__(self, d=128, n=30):
        super().__init__()
        self.blocks = nn.Sequential(*[PreNorm(d, 4) for _ in range(n)])

    def forward(self, x):
        return self.blocks(x)


class DeepNormBlock(nn.Module):
    def __init__(self, d, h, alpha, beta):
        super().__init__()
        self.n1 = nn.LayerNorm(d)
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.n2 = nn.LayerNorm(d)
        self.up, self.down = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        self.alpha = alpha
        nn.init.xavier_normal_(self.down.weight, gain=beta)

    def forward(self, x):
        x = self.n1(x * self.alpha + self.attn(x, x, x)[0])
        return self.n2(x * self.alpha + self.down(torch.relu(self.up(x))))


class DeepNorm(nn.Module):
    def __init__(self, d=128, n=48):
        super().__init__()
        alpha, beta = (2 * n) ** 0.25, (8 * n) ** -0.25
        self.blocks = nn.ModuleList([DeepNormBlock(d, 4, alpha, beta) for _ in range(n)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class PostNormBlock(nn.Module):
    def __init__(self, d, h, small=False):
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.up, self.down = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        if small:
            nn.init.normal_(self.down.weight, std=0.002)

    def forward(self, x):
        x = self.n1(x + self.attn(x, x, x)[0])
        return self.n2(x + self.down(torch.relu(self.up(x))))


class Twelve(nn.Module):
    def __init__(self, d=128, n=12):
        super().__init__()
        self.blocks = nn.ModuleList([PostNormBlock(d, 4) for _ in range(n)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class SmallBranches(nn.Module):
    def __init__(self, d=128, n=24):
        super().__init__()
        self.blocks = nn.ModuleList([PostNormBlock(d, 4, small=True) for _ in range(n)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class Shallow(nn.Module):
    """Eight residual blocks: ResNet-18's depth."""

    def __init__(self, c=32, n=8):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(c, c, 3, padding=1, bias=False) for _ in range(n)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(c) for _ in range(n)])

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(x + norm(conv(x)))
        return x


class LowRank(nn.Module):
    """A factorised layer, a depthwise pair, a projection before the head: each means its linear map."""

    def __init__(self, d=256, r=16, classes=10):
        super().__init__()
        self.a, self.b = nn.Linear(d, r, bias=False), nn.Linear(r, d)
        self.depth = nn.Conv1d(d, d, 3, padding=1, groups=d)
        self.point = nn.Conv1d(d, d, 1)
        self.project = nn.Linear(d, d)
        self.out = nn.Linear(d, classes)

    def forward(self, x):
        x = torch.relu(self.b(self.a(x)))
        x = torch.relu(self.point(self.depth(x.transpose(1, 2))).transpose(1, 2))
        return self.out(self.project(x))


class Scaled(nn.Module):
    def __init__(self, d=128, n=24):
        super().__init__()
        self.blocks = nn.ModuleList([PreNorm(d, 4) for _ in range(n)])
        for name, p in self.named_parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)
            if name.endswith("ff.2.weight") or name.endswith("out_proj.weight"):
                nn.init.normal_(p, std=0.02 / math.sqrt(2 * n))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
