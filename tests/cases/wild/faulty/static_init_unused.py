"""A decorator that changes nothing of who calls a function is no use of it."""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.proj = nn.Conv2d(3, width, 16, 16)
        self.apply(self.init_weight)

    @staticmethod
    def init_weight(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class Encoder(nn.Module):
    def __init__(self, width=64, depth=4):
        super().__init__()
        self.embed = Embed(width)
        self.blocks = nn.ModuleList(nn.TransformerEncoderLayer(width, 4, batch_first=True) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)

    @staticmethod
    def init_weight(m):  # expect: init-never-applied
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=0.02)
            nn.init.zeros_(m.bias)

    @torch.no_grad()
    def reset_head(self):  # expect: init-never-applied
        nn.init.zeros_(self.head.weight)

    def forward(self, x):
        x = self.embed(x)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x).mean(1))
