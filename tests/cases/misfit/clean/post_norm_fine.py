"""Deep encoders that train: pre-norm, shallow post-norm, DeepNorm, small init."""

import torch
import torch.nn as nn


class Pre(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        layer = nn.TransformerEncoderLayer(d, 4, norm_first=True, batch_first=True)
        self.enc = nn.TransformerEncoder(layer, 24)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        return self.enc(x)


class Shallow(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        self.enc = nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 4, batch_first=True), 6)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        return self.enc(x)


class DeepNormBlock(nn.Module):
    def __init__(self, d, alpha):
        super().__init__()
        self.alpha = alpha
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.ReLU(), nn.Linear(4 * d, d))
        self.norm = nn.LayerNorm(d)

    def forward(self, x):
        return self.norm(self.alpha * x + self.ff(x))


class DeepNet(nn.Module):
    def __init__(self, d=64, n=48):
        super().__init__()
        self.blocks = nn.Sequential(*[DeepNormBlock(d, (2 * n) ** 0.25) for _ in range(n)])

    def forward(self, x):
        return self.blocks(x)


class BertBlock(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, 4, batch_first=True)
        self.ff = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(self, x):
        x = self.n1(x + self.attn(x, x, x)[0])
        return self.n2(x + self.ff(x))


class BertLarge(nn.Module):
    """24 post-norm blocks at std 0.02, trained with warm-up."""

    def __init__(self, d=64, n=24):
        super().__init__()
        self.blocks = nn.ModuleList([BertBlock(d) for _ in range(n)])
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.02)
            nn.init.zeros_(m.bias)
        elif isinstance(m, nn.MultiheadAttention):
            nn.init.normal_(m.in_proj_weight, std=0.02)

    def forward(self, x):
        for b in self.blocks:
            x = b(x)
        return x
