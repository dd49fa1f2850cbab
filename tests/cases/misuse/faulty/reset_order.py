"""reset_parameters runs inside the base class's constructor, before what it touches exists."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class NoisyLinear(nn.Linear):
    def __init__(self, in_features=64, out_features=32, sigma=0.017):
        super().__init__(in_features, out_features)
        self.sigma = sigma
        self.sigma_weight = nn.Parameter(torch.full((out_features, in_features), sigma))

    def reset_parameters(self):
        super().reset_parameters()
        nn.init.constant_(self.sigma_weight, self.sigma)  # expect: init-order-in-reset

    def forward(self, x):
        return F.linear(x, self.weight + self.sigma_weight * torch.randn_like(self.weight), self.bias)


class GraphConv(nn.Module):
    def __init__(self, in_dim=16, out_dim=16):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(in_dim, out_dim))
        self.reset_parameters()
        self.in_dim = in_dim

    def reset_parameters(self):
        bound = 1 / math.sqrt(self.in_dim)  # expect: init-order-in-reset
        nn.init.uniform_(self.weight, -bound, bound)

    def forward(self, x, adj):
        return adj @ (x @ self.weight)


class LoRAConv(nn.Conv2d):
    def __init__(self, cin=8, cout=8, k=3, r=2):
        nn.Conv2d.__init__(self, cin, cout, k, padding=k // 2)
        self.lora_A = nn.Parameter(torch.zeros(r, cin * k * k))
        self.lora_B = nn.Parameter(torch.zeros(cout, r))
        self.reset_parameters()

    def reset_parameters(self):
        nn.Conv2d.reset_parameters(self)
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))  # expect: init-order-in-reset
        nn.init.zeros_(self.lora_B)

    def forward(self, x):
        w = self.weight + (self.lora_B @ self.lora_A).view(self.weight.shape)
        return F.conv2d(x, w, self.bias, padding=1)
