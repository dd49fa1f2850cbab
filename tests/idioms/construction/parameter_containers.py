"""`nn.ParameterList` and `nn.ParameterDict`, filled at once and one by one."""

import torch
from torch import nn
from torch.nn import Parameter, ParameterDict, ParameterList


class Net(nn.Module):
    def __init__(self, dims=(8, 12, 16)):
        super().__init__()
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(a, b) * 0.1) for a, b in zip(dims, dims[1:])])
        self.biases = ParameterList()
        for d in dims:
            self.biases.append(Parameter(torch.zeros(d)))
        self.named = ParameterDict({"scale": Parameter(torch.ones(6)), "shift": nn.Parameter(torch.empty(40, 5))})
        self.named["gate"] = Parameter(torch.full((1,), 0.3))
        for w in self.weights:
            nn.init.xavier_uniform_(w)
        nn.init.normal_(self.named["shift"], std=0.02)
        for p in self.named.values():
            p.requires_grad_(True)
        self.stack = nn.ParameterList(nn.Parameter(torch.rand(20, 4)) for _ in range(2))


def build():
    return Net()
