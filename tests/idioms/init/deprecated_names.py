"""The old names without underscore, star imports of `torch.nn.init`, `nn.init` aliases, keyword arguments."""

import torch
import torch.nn as nn
import torch.nn.init as weight_init
from torch.nn.init import *  # noqa: F403
from torch.nn.init import kaiming_normal_ as he, xavier_uniform_, zeros_


class Net(nn.Module):
    def __init__(self, dim=20):
        super().__init__()
        self.a, self.b, self.c, self.d = (nn.Linear(dim, dim) for _ in range(4))
        xavier_uniform_(self.a.weight)
        he(tensor=self.b.weight, mode="fan_out", nonlinearity="relu")
        weight_init.uniform_(self.c.weight, b=0.1, a=-0.1)
        orthogonal_(self.d.weight, gain=0.5)  # noqa: F405
        zeros_(self.a.bias)
        torch.nn.init.ones_(self.b.bias)
        nn.init.sparse_(self.c.weight, sparsity=0.5, std=0.1)
        self.conv = nn.Conv1d(8, 8, 3, padding=1)
        nn.init.dirac_(self.conv.weight)
        nn.init.eye_(self.d.weight)


def build():
    return Net()
