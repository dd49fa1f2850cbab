import torch
from torch import nn


class ResidualVQ(nn.Module):
    def __init__(self, n_q=8, n_codes=1024, dim=128):
        super().__init__()
        self.codebooks = nn.Parameter(torch.empty(n_q, n_codes, dim))  # expect: uninitialised-parameter

    def forward(self, z):
        r, out = z, 0
        for book in self.codebooks:
            idx = torch.cdist(r, book).argmin(-1)
            q = book[idx]
            out, r = out + q, r - q
        return out
