"""Fans over the wrong axes."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class SwitchFFN(nn.Module):
    def __init__(self, n_experts=16, d_model=256, d_ff=1024):
        super().__init__()
        self.wi = nn.Parameter(torch.zeros(n_experts, d_model, d_ff))
        self.wo = nn.Parameter(torch.zeros(n_experts, d_ff, d_model))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.xavier_normal_(self.wi)  # expect: wrong-fan
        nn.init.xavier_normal_(self.wo)  # expect: wrong-fan

    def forward(self, x):
        h = F.relu(torch.einsum("ecd,edf->ecf", x, self.wi))
        return torch.einsum("ecf,efd->ecd", h, self.wo)


class RelGraph(nn.Module):
    def __init__(self, rels=10, i=64, o=64):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(rels, i, o))
        nn.init.kaiming_uniform_(self.weight, nonlinearity="relu")  # expect: wrong-fan

    def forward(self, x, adj):
        return F.relu((adj @ torch.matmul(x, self.weight)).sum(0))


class DeepPlain(nn.Module):
    def __init__(self, d=256):
        super().__init__()
        self.net = nn.Sequential(*[m for _ in range(5) for m in (nn.Linear(d, d), nn.ReLU())], nn.Linear(d, 1))
        for m in self.modules():
            if isinstance(m, nn.Linear):
                fan_in, _ = nn.init._calculate_fan_in_and_fan_out(m.weight)
                m.weight.data.normal_(0, 2.0 / math.sqrt(fan_in))  # expect: wrong-fan
                m.bias.data.zero_()

    def forward(self, x):
        return self.net(x)
