"""A masked layer that fills its own parameters in place, as modules did before autograd minded."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class MaskedLinear(nn.Module):
    def __init__(self, in_features=32, out_features=16):
        super(MaskedLinear, self).__init__()
        self.weight = nn.Parameter(torch.Tensor(out_features, in_features))
        self.bias = nn.Parameter(torch.Tensor(out_features))
        self.register_buffer("mask", torch.ones(out_features, in_features))
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1. / math.sqrt(self.weight.size(1))
        self.weight.uniform_(-stdv, stdv)  # expect: init-needs-no-grad
        self.bias.data.uniform_(-stdv, stdv)

    def forward(self, x):
        return F.linear(x, self.weight * self.mask, self.bias)
