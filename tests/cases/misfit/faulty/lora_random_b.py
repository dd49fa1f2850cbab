"""LoRA whose up-projection starts random: the adapted model differs from the pretrained one at step 0."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRALinear(nn.Module):
    def __init__(self, in_features=768, out_features=768, r=8, alpha=16):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.linear.weight.requires_grad = False
        self.linear.bias.requires_grad = False
        self.lora_A = nn.Parameter(torch.empty(r, in_features))
        self.lora_B = nn.Parameter(torch.empty(out_features, r))
        self.scaling = alpha / r
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
        nn.init.kaiming_uniform_(self.lora_B, a=math.sqrt(5))  # expect: lora-init

    def forward(self, x):
        return self.linear(x) + self.scaling * (x @ self.lora_A.T @ self.lora_B.T)


class LoraInjected(nn.Module):
    def __init__(self, base: nn.Linear, rank=4):
        super().__init__()
        self.base = base
        for p in self.base.parameters():
            p.requires_grad_(False)
        self.lora_down = nn.Linear(512, rank, bias=False)
        self.lora_up = nn.Linear(rank, 512, bias=False)
        nn.init.normal_(self.lora_down.weight, std=1 / rank)
        nn.init.normal_(self.lora_up.weight, std=0.02)  # expect: lora-init

    def forward(self, x):
        return self.base(x) + self.lora_up(self.lora_down(x))
