import torch
import torch.nn as nn


class Layer(nn.Module):
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


class Deep(nn.Module):
    def __init__(self, d=512, h=8, n=36):
        super().__init__()
        self.layers = nn.ModuleList([Layer(d, h) for _ in range(n)])
        self.norm = nn.LayerNorm(d)

    def forward(self, x):
        for l in self.layers:
            x = l(x)
        return self.norm(x)
