import torch
import torch.nn as nn


class GRUCell(nn.Module):
    def __init__(self, i, h):
        super().__init__()
        self.x2h = nn.Linear(i, 3 * h)
        self.h2h = nn.Linear(h, 3 * h, bias=False)
        nn.init.orthogonal_(self.h2h.weight)
        nn.init.constant_(self.h2h.bias, 0)  # expect: init-of-missing-bias

    def forward(self, x, h):
        xr, xz, xn = self.x2h(x).chunk(3, -1)
        hr, hz, hn = self.h2h(h).chunk(3, -1)
        z = torch.sigmoid(xz + hz)
        n = torch.tanh(xn + torch.sigmoid(xr + hr) * hn)
        return (1 - z) * n + z * h
