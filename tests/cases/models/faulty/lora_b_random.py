import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRAConv(nn.Module):
    def __init__(self, linear, rank=4, alpha=4.0):
        super().__init__()
        self.linear = linear
        self.linear.weight.requires_grad_(False)
        self.lora_down = nn.Linear(linear.in_features, rank, bias=False)
        self.lora_up = nn.Linear(rank, linear.out_features, bias=False)
        nn.init.normal_(self.lora_down.weight, std=1 / rank)
        nn.init.normal_(self.lora_up.weight, std=1 / rank)  # expect: lora-init
        self.scale = alpha / rank

    def forward(self, x):
        return self.linear(x) + self.lora_up(self.lora_down(x)) * self.scale
