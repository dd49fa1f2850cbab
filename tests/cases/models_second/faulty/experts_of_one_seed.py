import torch
import torch.nn as nn


class MoE(nn.Module):
    def __init__(self, d=128, h=256, n=4):
        super().__init__()
        self.router = nn.Linear(d, n, bias=False)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(d, h), nn.GELU(), nn.Linear(h, d)) for _ in range(n)])
        for e in self.experts:
            torch.manual_seed(42)  # expect: reseeded-layers
            for m in e:
                if isinstance(m, nn.Linear):
                    nn.init.normal_(m.weight, std=0.02)

    def forward(self, x):
        g = self.router(x).softmax(-1)
        return sum(g[..., i : i + 1] * e(x) for i, e in enumerate(self.experts))
