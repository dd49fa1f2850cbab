"""LoRA with A drawn and B zero, injected into an attention."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, r: int = 8, alpha: int = 16, dropout: float = 0.05):
        super().__init__()
        self.base = base
        for p in self.base.parameters():
            p.requires_grad_(False)
        self.lora_A = nn.Parameter(torch.zeros(r, base.in_features))
        self.lora_B = nn.Parameter(torch.zeros(base.out_features, r))
        self.dropout = nn.Dropout(dropout)
        self.scaling = alpha / r
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
        nn.init.zeros_(self.lora_B)

    def forward(self, x):
        delta = F.linear(F.linear(self.dropout(x), self.lora_A), self.lora_B)
        return self.base(x) + delta * self.scaling


class Attention(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.q_proj = LoRALinear(nn.Linear(dim, dim))
        self.k_proj = nn.Linear(dim, dim)
        self.v_proj = LoRALinear(nn.Linear(dim, dim))
        self.o_proj = nn.Linear(dim, dim)

    def forward(self, x):
        y = self.norm(x)
        a = (self.q_proj(y) @ self.k_proj(y).transpose(-2, -1)) * y.size(-1) ** -0.5
        return x + self.o_proj(a.softmax(-1) @ self.v_proj(y))


def example():
    return Attention()(torch.randn(4, 5, 64))
