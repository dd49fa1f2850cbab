import torch
import torch.nn as nn


class GroupedExperts(nn.Module):
    def __init__(self, dim=256, hidden=512, n=4):
        super().__init__()
        self.gate_up = nn.Parameter(torch.empty(n, dim, 2 * hidden))
        self.down = nn.Parameter(torch.empty(n, hidden, dim))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.trunc_normal_(self.gate_up, std=self.gate_up.shape[1] ** -0.5)
        nn.init.trunc_normal_(self.down, std=self.down.shape[1] ** -0.5)

    def forward(self, x):
        g, u = torch.bmm(x, self.gate_up).chunk(2, -1)
        return torch.bmm(nn.functional.silu(g) * u, self.down)
