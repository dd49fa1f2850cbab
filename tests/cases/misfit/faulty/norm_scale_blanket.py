"""Norm weights that a blanket init draws around zero, zeroes, or swaps with the bias."""

import torch
import torch.nn as nn


class PreNorm(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.ln1 = nn.LayerNorm(dim)
        self.attn = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.ln2 = nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        h = self.ln1(x)
        x = x + self.attn(h, h, h)[0]
        return x + self.mlp(self.ln2(x))


class TinyGPT(nn.Module):
    def __init__(self, vocab=100, dim=64, depth=3):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.blocks = nn.Sequential(*[PreNorm(dim, 4) for _ in range(depth)])
        self.ln_f = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, vocab)
        for p in self.parameters():
            nn.init.normal_(p, mean=0.0, std=0.02)  # expect: non-random-norm-scale

    def forward(self, ids):
        return self.head(self.ln_f(self.blocks(self.emb(ids))))


def init_weights(m):
    if isinstance(m, (nn.Conv2d, nn.BatchNorm2d)):
        nn.init.normal_(m.weight, 0.0, 0.02)  # expect: non-random-norm-scale


class Pix(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, c, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(c, c * 2, 4, 2, 1), nn.BatchNorm2d(c * 2), nn.LeakyReLU(0.2),
            nn.Conv2d(c * 2, 1, 4))
        self.apply(init_weights)

    def forward(self, x):
        return self.model(x)


class Swapped(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3)
        self.bn = nn.BatchNorm2d(c)
        self.fc = nn.Linear(c, 2)
        nn.init.constant_(self.bn.weight, 0)  # expect: non-random-norm-scale
        nn.init.constant_(self.bn.bias, 1)

    def forward(self, x):
        return self.fc(torch.relu(self.bn(self.conv(x))).mean((2, 3)))
