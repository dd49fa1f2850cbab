"""An adapter's zero that a blanket init wipes: one fault, at the line that is lost."""

import torch.nn as nn


class Adapted(nn.Module):
    def __init__(self, d=64, r=4):
        super().__init__()
        self.base = nn.Linear(d, d)
        self.base.requires_grad_(False)
        self.lora_down, self.lora_up = nn.Linear(d, r, bias=False), nn.Linear(r, d, bias=False)
        nn.init.zeros_(self.lora_up.weight)  # expect: init-overwritten

    def forward(self, x):
        return self.base(x) + self.lora_up(self.lora_down(x))


class Net(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.layers = nn.Sequential(nn.LayerNorm(d), Adapted(d), nn.LayerNorm(d), Adapted(d))
        self.head = nn.Linear(d, 10)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.02)

    def forward(self, x):
        return self.head(self.layers(x))
