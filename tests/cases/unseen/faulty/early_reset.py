"""A reset before its attributes."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class GATLayer(nn.Module):
    def __init__(self, i=32, o=8, heads=4):
        super().__init__()
        self.i, self.o = i, o
        self.W = nn.Parameter(torch.empty(i, o * heads))
        self.reset_parameters()
        self.attn = nn.Parameter(torch.empty(1, heads, 2 * o))

    def reset_parameters(self):
        nn.init.xavier_uniform_(self.W)
        nn.init.xavier_uniform_(self.attn)  # expect: init-order-in-reset

    def forward(self, x):
        h = (x @ self.W).view(x.size(0), -1, self.o)
        return F.elu(h * self.attn[..., : self.o]).flatten(1)


class BayesianConv(nn.Conv2d):
    def __init__(self, c=8, prior=0.1):
        super().__init__(c, c, 3, padding=1)
        self.rho = nn.Parameter(torch.empty(c, c, 3, 3))
        self.prior = prior

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        nn.init.constant_(self.rho, -3.0)  # expect: init-order-in-reset

    def forward(self, x):
        return F.conv2d(x, self.weight + torch.exp(self.rho) * torch.randn_like(self.rho), padding=1)
