import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class MambaLite(nn.Module):
    def __init__(self, d=256, n=16, dt_rank=16):
        super().__init__()
        self.in_proj = nn.Linear(d, 2 * d, bias=False)
        self.x_proj = nn.Linear(d, dt_rank + 2 * n, bias=False)
        self.dt_proj = nn.Linear(dt_rank, d)
        dt = torch.exp(torch.rand(d) * (math.log(0.1) - math.log(0.001)) + math.log(0.001))
        inv_dt = dt + torch.log(-torch.expm1(-dt))
        with torch.no_grad():
            self.dt_proj.bias.copy_(inv_dt)  # expect: init-overwritten
        self.A_log = nn.Parameter(torch.log(torch.arange(1, n + 1).float().repeat(d, 1)))
        self.D = nn.Parameter(torch.ones(d))
        self.out_proj = nn.Linear(d, d, bias=False)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.02)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x, z = self.in_proj(x).chunk(2, dim=-1)
        dt, B, C = self.x_proj(x).split([16, 16, 16], dim=-1)
        dt = F.softplus(self.dt_proj(dt))
        y = (dt * x).cumsum(1) + self.D * x
        return self.out_proj(y * F.silu(z))
