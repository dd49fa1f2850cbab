"""Arguments in the wrong place, or that torch refuses."""

import torch
import torch.nn as nn


def weight_init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_normal_(m.weight, gain=nn.init.calculate_gain("elu"))  # expect: bad-init-argument
        nn.init.zeros_(m.bias)


class EluNet(nn.Module):
    def __init__(self, d=20):
        super().__init__()
        self.seq = nn.Sequential(nn.Linear(d, d), nn.ELU(), nn.Linear(d, 1))
        self.seq.apply(weight_init)

    def forward(self, x):
        return self.seq(x)


class ConvEncoder(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.a = nn.Conv2d(3, c, 3)
        self.b = nn.Conv2d(c, c, 3)
        self.c = nn.Conv2d(c, c, 3)
        self.d = nn.Conv2d(c, c, 3)
        self.a.weight.data.normal_(0.02)  # expect: bad-init-argument
        nn.init.kaiming_normal_(self.b.weight, mode="fan_in", nonlinearity="ReLU")  # expect: bad-init-argument
        nn.init.uniform_(self.c.weight, 0.1, -0.1)  # expect: bad-init-argument
        nn.init.trunc_normal_(self.d.weight, .02)  # expect: bad-init-argument

    def forward(self, x):
        return self.d(torch.relu(self.c(torch.relu(self.b(torch.relu(self.a(x)))))))
