"""Products and branches both of whose factors start at zero."""
import math

import torch
import torch.nn as nn


class LoRALinear(nn.Module):
    def __init__(self, base_in=64, base_out=64, r=8):
        super().__init__()
        self.base = nn.Linear(base_in, base_out)
        self.base.weight.requires_grad = False
        self.lora_A = nn.Parameter(torch.zeros(r, base_in))  # expect: dead-product
        self.lora_B = nn.Parameter(torch.zeros(base_out, r))
        self.scale = 1.0 / r

    def forward(self, x):
        return self.base(x) + (x @ self.lora_A.t() @ self.lora_B.t()) * self.scale


class Adapter(nn.Module):
    def __init__(self, d=128, r=16):
        super().__init__()
        self.down = nn.Linear(d, r)
        self.up = nn.Linear(r, d)
        nn.init.zeros_(self.down.weight)  # expect: dead-product
        nn.init.zeros_(self.down.bias)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(torch.relu(self.down(x)))


class GatedBranch(nn.Module):
    """ReZero's gate on a branch whose last layer is zero as well."""

    def __init__(self, d=64):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.fc1 = nn.Linear(d, 4 * d)
        self.fc2 = nn.Linear(4 * d, d)
        nn.init.zeros_(self.fc2.weight)  # expect: dead-product
        nn.init.zeros_(self.fc2.bias)
        self.gate = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x + self.gate * self.fc2(torch.nn.functional.gelu(self.fc1(self.norm(x))))
