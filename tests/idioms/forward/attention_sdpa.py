"""scaled_dot_product_attention, grouped keys and nn.MultiheadAttention."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Causal(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(dim, 3 * dim)
        self.places = nn.Linear(1, 1)
        self.c_proj = nn.Linear(dim, dim)

    def forward(self, x):
        B, T, C = x.size()
        q, k, v = self.c_attn(x).split(C, dim=2)
        q = q.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        k = k.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        v = v.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=None, is_causal=True)
        places = torch.arange(T).float()
        bias = self.places((places[:, None] - places[None, :]).unsqueeze(-1)).squeeze(-1)
        y = y + F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        y = y.transpose(1, 2).contiguous().view(B, T, C)
        return self.c_proj(y)


class Net(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.causal = Causal(dim, 2)
        self.mha = nn.MultiheadAttention(dim, 2, batch_first=True)
        self.out = nn.Linear(dim, 3)

    def forward(self, x):
        x = x + self.causal(x)
        y, _ = self.mha(x, x, x, need_weights=False)
        return self.out(x + y)


def build():
    return Net()


def inputs():
    return [torch.randn(2, 5, 8)]
