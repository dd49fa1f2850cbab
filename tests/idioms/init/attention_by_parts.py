"""A packed projection filled part by part or by a scaled gain; `chunk` and `split` of the weights."""

import math

import torch
import torch.nn as nn


# Filled part by part, which is not added up.
UNKNOWN = {"q.bias"}


class Attention(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.in_proj_weight = nn.Parameter(torch.empty(3 * dim, dim))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * dim))
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim, bias=False)
        self.out = nn.Linear(dim, dim)
        self.bias_k = nn.Parameter(torch.Tensor(1, 1, dim))
        self._reset_parameters(dim)

    def _reset_parameters(self, dim):
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.xavier_uniform_(self.q.weight, gain=1 / math.sqrt(2))
        nn.init.xavier_uniform_(self.k.weight, gain=2**-0.5)
        nn.init.constant_(self.in_proj_bias, 0.0)
        nn.init.constant_(self.out.bias, 0.0)
        nn.init.xavier_normal_(self.bias_k)
        for part in self.q.bias.data.chunk(2):
            part.zero_()


def build():
    return Attention()
