"""In-place methods of a parameter's data."""

import math

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n=60):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(40, n) for _ in range(16)])
        a = self.layers
        a[0].weight.data.normal_(0, 0.05)
        a[1].weight.data.uniform_(-0.1, 0.1)
        a[2].weight.data.fill_(0.25)
        a[3].weight.data.zero_()
        a[4].weight.data = torch.zeros(n, 40)
        a[5].weight.data.copy_(torch.randn(n, 40) * 0.01)
        a[6].weight.data.mul_(0.5)
        a[7].weight.data *= 3
        a[8].weight.data = a[8].weight.data / math.sqrt(2)
        a[9].weight.data[:, :] = 0
        a[10].weight.data[0] = 1
        a[11].weight.data.normal_().mul_(0.1)
        a[12].weight.data.div_(10)
        a[13].weight = nn.Parameter(torch.ones(n, 40))
        a[14].bias.data.normal_(mean=2, std=0.5).clamp_(0, 4)
        a[15].weight.detach().zero_()
        a[15].bias.requires_grad = False


class NoGrad(nn.Module):
    def __init__(self, n=60):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(40, n) for _ in range(7)])
        with torch.no_grad():
            self.layers[0].weight.normal_(0, 0.05)
            self.layers[1].weight.fill_(0.5)
            self.layers[2].weight *= 0.1
            self.layers[3].weight.copy_(self.layers[1].weight)
            self.layers[4].weight[5:, :] = 0
            nn.init.ones_(self.layers[5].weight)
            self.layers[6].weight.set_(torch.zeros(n, 40))

    @torch.no_grad()
    def unused(self):
        self.layers[0].weight.zero_()
