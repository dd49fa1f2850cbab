"""Parameters that arithmetic or a move turns into plain tensors: no optimiser ever sees them."""

import torch
import torch.nn as nn


class ViTStem(nn.Module):
    def __init__(self, dim=64, patches=49):
        super().__init__()
        self.proj = nn.Linear(48, dim)
        self.pos_embed = nn.Parameter(torch.randn(1, patches, dim)) * 0.02  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return self.proj(x) + self.pos_embed


class Gate(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.scale = nn.Parameter(torch.ones(dim)).cuda()  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return self.fc(x) * self.scale


class Bilinear(nn.Module):
    def __init__(self, dim=32, rel=5):
        super().__init__()
        w = nn.Parameter(torch.empty(rel, dim * dim))
        nn.init.xavier_uniform_(w)
        self.w = w.view(rel, dim, dim)  # expect: parameter-replaced-by-tensor

    def forward(self, h, t):
        return torch.einsum("bi,rij,bj->br", h, self.w, t)
