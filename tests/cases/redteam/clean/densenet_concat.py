"""A dense block without norm: every layer sees the concatenation of all before it."""

import torch
import torch.nn as nn


class DenseLayer(nn.Module):
    def __init__(self, cin, growth):
        super().__init__()
        self.conv = nn.Conv2d(cin, growth, 3, padding=1)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        return torch.cat([x, self.act(self.conv(x))], 1)


class RDB(nn.Module):
    def __init__(self, channels=32, growth=16, layers=8):
        super().__init__()
        self.layers = nn.Sequential(*[DenseLayer(channels + i * growth, growth) for i in range(layers)])
        self.lff = nn.Conv2d(channels + growth * layers, channels, 1)

    def forward(self, x):
        return x + self.lff(self.layers(x))


class RDN(nn.Module):
    def __init__(self, channels=32, blocks=3):
        super().__init__()
        self.sfe = nn.Conv2d(3, channels, 3, padding=1)
        self.rdbs = nn.ModuleList([RDB(channels) for _ in range(blocks)])
        self.gff = nn.Conv2d(channels * blocks, channels, 1)
        self.out = nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, x):
        f = x = self.sfe(x)
        local = []
        for rdb in self.rdbs:
            x = rdb(x)
            local.append(x)
        return self.out(self.gff(torch.cat(local, 1)) + f)


def example():
    return RDN()(torch.rand(4, 3, 12, 12))
