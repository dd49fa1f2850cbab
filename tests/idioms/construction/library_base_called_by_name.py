"""`nn.Linear.__init__(self, …)` and friends, as in LoRA layers; `new_empty`, `new_zeros`."""

import math

import torch
import torch.nn as nn


class LoRALayer:
    def __init__(self, r, alpha):
        self.r = r
        self.scaling = alpha / r


class Linear(nn.Linear, LoRALayer):
    def __init__(self, in_features, out_features, r=4, alpha=1, **kwargs):
        nn.Linear.__init__(self, in_features, out_features, **kwargs)
        LoRALayer.__init__(self, r=r, alpha=alpha)
        self.lora_A = nn.Parameter(self.weight.new_zeros((r, in_features)))
        self.lora_B = nn.Parameter(self.weight.new_empty((out_features, r)))
        self.weight.requires_grad = False
        self.reset_parameters()

    def reset_parameters(self):
        nn.Linear.reset_parameters(self)
        if hasattr(self, "lora_A"):
            nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
            nn.init.zeros_(self.lora_B)


class Embedding(nn.Embedding):
    def __init__(self, num, dim, padding_idx=None):
        nn.Embedding.__init__(self, num, dim, padding_idx)
        nn.init.normal_(self.weight, mean=0, std=dim**-0.5)


class Old(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.fc = nn.Linear(4, 30)


def build():
    return nn.Sequential(Linear(20, 16, bias=False), Embedding(30, 16), Old())
