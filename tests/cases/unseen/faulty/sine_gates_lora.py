"""Sine on the default; another gate's slice; LoRA with both factors random."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Sin(nn.Module):
    def forward(self, x):
        return torch.sin(30.0 * x)


class ImageField(nn.Module):
    def __init__(self, h=256):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(2, h), Sin(),
            nn.Linear(h, h), Sin(),  # expect: sine-without-siren
            nn.Linear(h, h), Sin(),  # expect: sine-without-siren
            nn.Linear(h, 3))

    def forward(self, xy):
        return self.net(xy)


class LanguageModel(nn.Module):
    def __init__(self, v=100, d=32, h=64):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        self.rnn = nn.LSTM(d, h, 2, batch_first=True)
        self.out = nn.Linear(h, v)
        for layer in range(2):
            bias = getattr(self.rnn, f"bias_hh_l{layer}")
            bias.data[2 * h:3 * h].fill_(1)  # expect: forget-gate-bias

    def forward(self, ids):
        return self.out(self.rnn(self.emb(ids))[0])


class LoraConv(nn.Module):
    def __init__(self, c=64, r=4):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.conv.weight.requires_grad_(False)
        self.conv.bias.requires_grad_(False)
        self.lora_down = nn.Conv2d(c, r, 3, padding=1, bias=False)
        self.lora_up = nn.Conv2d(r, c, 1, bias=False)  # expect: lora-init

    def forward(self, x):
        return self.conv(x) + self.lora_up(self.lora_down(x))
