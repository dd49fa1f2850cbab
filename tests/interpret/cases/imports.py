"""Every spelling of an import."""

# ruff: noqa: I001, UP008
import torch
import torch as th
import torch.nn
import torch.nn as N
import torch.nn.init as I
from torch import nn
from torch.nn import Linear, Module
from torch.nn import Conv2d as Conv
from torch.nn import init, GRUCell
from torch.nn.init import kaiming_uniform_ as he
from torch.nn.init import zeros_
from torch.nn.modules.linear import Linear as Deep

Alias = nn.Linear
Act, Norm = nn.ReLU, nn.LayerNorm


class Net(Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(2, 3)
        self.b = th.nn.Linear(2, 3)
        self.c = N.Linear(2, 3)
        self.d = Linear(2, 3)
        self.e = Conv(2, 3, 1)
        self.f = Deep(2, 3)
        self.g = Alias(2, 3)
        self.h = GRUCell(2, 3)
        self.i = Norm(3)
        self.j = Act()
        torch.nn.init.ones_(self.a.weight)
        th.nn.init.constant_(self.b.weight, 2)
        N.init.constant_(self.c.weight, 3)
        I.constant_(self.d.weight, 4)
        init.constant_(self.e.weight, 5)
        nn.init.constant_(self.f.weight, 6)
        zeros_(self.g.weight)
        he(self.h.weight_ih)


class Local(nn.Module):
    def __init__(self):
        super(Local, self).__init__()
        from torch.nn import Conv1d
        from torch.nn.init import ones_

        self.conv = Conv1d(2, 3, 1)
        ones_(self.conv.bias)
