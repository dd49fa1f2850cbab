import torch
import torch.nn as nn


class DiTBlock(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.norm1 = nn.LayerNorm(d, elementwise_affine=False)
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.norm2 = nn.LayerNorm(d, elementwise_affine=False)
        self.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
        self.ada = nn.Sequential(nn.SiLU(), nn.Linear(d, 6 * d))
        nn.init.zeros_(self.ada[1].weight)  # expect: init-overwritten
        nn.init.zeros_(self.ada[1].bias)

    def forward(self, x, c):
        s1, b1, g1, s2, b2, g2 = self.ada(c)[:, None].chunk(6, dim=-1)
        y = self.norm1(x) * (1 + s1) + b1
        x = x + g1 * self.attn(y, y, y, need_weights=False)[0]
        y = self.norm2(x) * (1 + s2) + b2
        return x + g2 * self.mlp(y)


class DiT(nn.Module):
    def __init__(self, d=384, h=6, depth=12, c_in=4):
        super().__init__()
        self.embed = nn.Linear(c_in, d)
        self.blocks = nn.ModuleList([DiTBlock(d, h) for _ in range(depth)])
        self.final = nn.Linear(d, c_in)
        self.apply(self._basic_init)

    def _basic_init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            if m.bias is not None:
                nn.init.constant_(m.bias, 0)

    def forward(self, x, c):
        x = self.embed(x)
        for b in self.blocks:
            x = b(x, c)
        return self.final(x)
