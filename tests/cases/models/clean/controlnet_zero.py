import torch
import torch.nn as nn


def zero_module(m):
    for p in m.parameters():
        p.detach().zero_()
    return m


class ControlBranch(nn.Module):
    def __init__(self, c=64, n=4):
        super().__init__()
        self.hint = nn.Sequential(
            nn.Conv2d(3, 16, 3, padding=1), nn.SiLU(), nn.Conv2d(16, 32, 3, padding=1), nn.SiLU(), zero_module(nn.Conv2d(32, c, 3, padding=1))
        )
        self.blocks = nn.ModuleList([nn.Sequential(nn.GroupNorm(8, c), nn.SiLU(), nn.Conv2d(c, c, 3, padding=1)) for _ in range(n)])
        self.zero = nn.ModuleList([zero_module(nn.Conv2d(c, c, 1)) for _ in range(n)])

    def forward(self, x, hint):
        h = x + self.hint(hint)
        outs = []
        for b, z in zip(self.blocks, self.zero):
            h = h + b(h)
            outs.append(z(h))
        return outs
