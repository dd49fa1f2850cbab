"""LoRA whose B is never set to zero."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRALayer:
    def __init__(self, r, lora_alpha, lora_dropout):
        self.r = r
        self.lora_alpha = lora_alpha
        self.lora_dropout = nn.Dropout(p=lora_dropout) if lora_dropout > 0.0 else (lambda x: x)


class LoRALinear(nn.Linear, LoRALayer):
    def __init__(self, in_features, out_features, r=4, lora_alpha=8, lora_dropout=0.0, **kwargs):
        nn.Linear.__init__(self, in_features, out_features, **kwargs)
        LoRALayer.__init__(self, r, lora_alpha, lora_dropout)
        self.lora_A = nn.Parameter(self.weight.new_empty((r, in_features)))
        self.lora_B = nn.Parameter(self.weight.new_empty((out_features, r)))  # expect: uninitialised-parameter
        self.scaling = self.lora_alpha / self.r
        self.weight.requires_grad = False
        self.reset_lora()

    def reset_lora(self):
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))

    def forward(self, x):
        result = F.linear(x, self.weight, self.bias)
        update = self.lora_dropout(x) @ self.lora_A.t() @ self.lora_B.t()
        return result + update * self.scaling


class Attn(nn.Module):
    def __init__(self, dim=32):
        super().__init__()
        self.q = LoRALinear(dim, dim)
        self.v = LoRALinear(dim, dim)
        self.k = nn.Linear(dim, dim)

    def forward(self, x):
        a = (self.q(x) @ self.k(x).transpose(1, 2) / x.size(-1) ** 0.5).softmax(-1)
        return x + a @ self.v(x)


def example():
    return Attn()(torch.randn(2, 5, 32))
