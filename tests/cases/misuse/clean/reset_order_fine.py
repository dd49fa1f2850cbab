"""reset_parameters that looks first, or runs when all is there."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Noisy(nn.Linear):
    def __init__(self, i=32, o=16):
        super().__init__(i, o)
        self.sigma = nn.Parameter(torch.empty(o, i))
        self.reset_noise()

    def reset_noise(self):
        nn.init.constant_(self.sigma, 0.017)

    def forward(self, x):
        return F.linear(x, self.weight + self.sigma * torch.randn_like(self.sigma), self.bias)


class Lora(nn.Linear):
    def __init__(self, i=32, o=32, r=4):
        nn.Linear.__init__(self, i, o)
        self.lora_A = nn.Parameter(torch.zeros(r, i))
        self.lora_B = nn.Parameter(torch.zeros(o, r))
        self.reset_parameters()

    def reset_parameters(self):
        nn.Linear.reset_parameters(self)
        if hasattr(self, "lora_A"):
            nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
            nn.init.zeros_(self.lora_B)

    def forward(self, x):
        return F.linear(x, self.weight, self.bias) + x @ self.lora_A.t() @ self.lora_B.t()


class Prompted(nn.Linear):
    scale = 0.5

    def reset_parameters(self):
        bound = self.scale / math.sqrt(self.in_features)
        nn.init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class UsesPrompted(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = Prompted(8, 8)

    def forward(self, x):
        return self.p(x)


class Lazy(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(d, d))
        self.reset_parameters()
        self.extra = None

    def reset_parameters(self):
        nn.init.xavier_uniform_(self.weight)
        extra = getattr(self, "extra", None)
        if extra is not None:
            nn.init.zeros_(extra)

    def forward(self, x):
        return x @ self.weight
