"""reset_parameters: of library layers, of own layers, and torch's pattern in own layers."""

import math

import torch
from torch import nn
from torch.nn import init


class OwnLinear(nn.Module):
    def __init__(self, inputs, outputs, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        if bias:
            self.bias = nn.Parameter(torch.empty(outputs))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0
            init.uniform_(self.bias, -bound, bound)


class GraphLayer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.FloatTensor(inputs, outputs))
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / math.sqrt(self.weight.size(1))
        self.weight.data.uniform_(-stdv, stdv)


class Forgotten(nn.Module):
    """Uninitialised memory."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(3, 4))
        self.other = nn.Parameter(torch.Tensor(5))


class Uses(nn.Module):
    def __init__(self):
        super().__init__()
        self.own = OwnLinear(30, 40)
        self.plain = OwnLinear(30, 40, bias=False)
        self.graph = GraphLayer(30, 40)
        self.fc = nn.Linear(30, 40)
        nn.init.zeros_(self.fc.weight)
        self.fc.reset_parameters()
        self.norm = nn.BatchNorm1d(4)
        nn.init.zeros_(self.norm.weight)
        for m in self.modules():
            if m is not self and hasattr(m, "reset_parameters"):
                m.reset_parameters()
