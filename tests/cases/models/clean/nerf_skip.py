import torch
import torch.nn as nn
import torch.nn.functional as F


class NeRF(nn.Module):
    def __init__(self, D=8, W=256, in_ch=63, in_views=27, skips=(4,)):
        super().__init__()
        self.skips = skips
        self.pts = nn.ModuleList([nn.Linear(in_ch, W)] + [nn.Linear(W, W) if i not in skips else nn.Linear(W + in_ch, W) for i in range(D - 1)])
        for l in self.pts:
            nn.init.kaiming_normal_(l.weight, nonlinearity="relu")
            nn.init.zeros_(l.bias)
        self.alpha = nn.Linear(W, 1)
        self.feature = nn.Linear(W, W)
        self.views = nn.Linear(W + in_views, W // 2)
        self.rgb = nn.Linear(W // 2, 3)

    def forward(self, x, v):
        h = x
        for i, l in enumerate(self.pts):
            h = F.relu(l(h))
            if i in self.skips:
                h = torch.cat([x, h], -1)
        a = self.alpha(h)
        h = F.relu(self.views(torch.cat([self.feature(h), v], -1)))
        return torch.cat([self.rgb(h), a], -1)
