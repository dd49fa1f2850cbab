"""Fans that look wrong and are not, or do no harm."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Experts(nn.Module):
    def __init__(self, e=8, dim=128, hidden=512):
        super().__init__()
        self.w1 = nn.Parameter(torch.empty(e, dim, hidden))
        self.w2 = nn.Parameter(torch.empty(e, hidden, dim))
        for w in (self.w1, self.w2):
            for expert in w:
                nn.init.xavier_uniform_(expert)

    def forward(self, x):
        return torch.bmm(F.gelu(torch.bmm(x, self.w1)), self.w2)


class Stdv(nn.Module):
    def __init__(self, e=4, dim=64):
        super().__init__()
        self.w = nn.Parameter(torch.randn(e, dim, dim) / math.sqrt(dim))

    def forward(self, x):
        return torch.bmm(x, self.w)


class GCNLayer(nn.Module):
    """Xavier sums both fans, so the order of the axes is nothing to it."""

    def __init__(self, i=300, o=16):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(i, o))
        nn.init.xavier_uniform_(self.weight, gain=math.sqrt(2))

    def forward(self, x, adj):
        return torch.relu(adj @ (x @ self.weight))


class MobileBlock(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.dw = nn.Conv2d(c, c, 3, padding=1, groups=c, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.pw = nn.Conv2d(c, c, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels
                m.weight.data.normal_(0, math.sqrt(2. / n))

    def forward(self, x):
        return F.relu(self.bn2(self.pw(F.relu(self.bn1(self.dw(x))))))


class VGGish(nn.Module):
    def __init__(self):
        super().__init__()
        cfg, c, layers = [64, 64, "M", 128, 128, "M", 256, 256, "M"], 3, []
        for v in cfg:
            if v == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(c, v, 3, padding=1), nn.ReLU(inplace=True)]
                c = v
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(256, 10)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


class Mixing(nn.Module):
    """Positive weights that are no layer: mixing coefficients, a prior, a learned average."""

    def __init__(self, dim=64, n=4):
        super().__init__()
        self.mix = nn.Parameter(torch.rand(n))
        self.gate = nn.Parameter(torch.rand(1, dim))
        self.fc = nn.Linear(dim, dim)
        self.register_buffer("proj", torch.rand(dim, 8))

    def forward(self, xs):
        x = (torch.softmax(self.mix, 0)[:, None, None] * xs).sum(0)
        return self.fc(x * self.gate) @ self.proj
