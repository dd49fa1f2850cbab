import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class S6(nn.Module):
    def __init__(self, d=256, n=16, r=16):
        super().__init__()
        self.in_proj = nn.Linear(d, 2 * d, bias=False)
        self.conv1d = nn.Conv1d(d, d, 4, groups=d, padding=3)
        self.x_proj = nn.Linear(d, r + 2 * n, bias=False)
        self.dt_proj = nn.Linear(r, d, bias=True)
        nn.init.uniform_(self.dt_proj.weight, -(r ** -0.5), r ** -0.5)
        dt = torch.exp(torch.rand(d) * (math.log(0.1) - math.log(0.001)) + math.log(0.001)).clamp(min=1e-4)
        with torch.no_grad():
            self.dt_proj.bias.copy_(dt + torch.log(-torch.expm1(-dt)))
        self.A_log = nn.Parameter(torch.log(torch.arange(1, n + 1, dtype=torch.float32).repeat(d, 1)))
        self.D = nn.Parameter(torch.ones(d))
        self.out_proj = nn.Linear(d, d, bias=False)

    def forward(self, u):
        x, z = self.in_proj(u).chunk(2, -1)
        x = F.silu(self.conv1d(x.transpose(1, 2))[..., : u.size(1)].transpose(1, 2))
        dt = F.softplus(self.dt_proj(self.x_proj(x)[..., :16]))
        y = torch.cumsum(dt * x, 1) + x * self.D
        return self.out_proj(y * F.silu(z))
