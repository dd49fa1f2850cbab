import torch
import torch.nn as nn


class WindowAttention(nn.Module):
    def __init__(self, d=96, w=7, h=3):
        super().__init__()
        self.h = h
        self.scale = (d // h) ** -0.5
        self.table = nn.Parameter(torch.zeros((2 * w - 1) ** 2, h))
        coords = torch.stack(torch.meshgrid(torch.arange(w), torch.arange(w), indexing="ij")).flatten(1)
        rel = (coords[:, :, None] - coords[:, None]).permute(1, 2, 0) + w - 1
        self.register_buffer("index", rel[..., 0] * (2 * w - 1) + rel[..., 1])
        self.qkv = nn.Linear(d, 3 * d)
        self.proj = nn.Linear(d, d)
        nn.init.trunc_normal_(self.table, std=0.02)

    def forward(self, x):
        B, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.h, C // self.h).permute(2, 0, 3, 1, 4)
        a = (q * self.scale) @ k.transpose(-2, -1) + self.table[self.index.view(-1)].view(N, N, -1).permute(2, 0, 1)
        return self.proj((a.softmax(-1) @ v).transpose(1, 2).reshape(B, N, C))
