"""Dead products, halves, seeds, garbage and lost inits."""
import torch
import torch.nn as nn


class LoRAConv(nn.Module):
    def __init__(self, c=32, r=4):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.down = nn.Conv2d(c, r, 1, bias=False)
        self.up = nn.Conv2d(r, c, 1, bias=False)
        nn.init.zeros_(self.down.weight)  # expect: dead-product
        nn.init.zeros_(self.up.weight)

    def forward(self, x):
        return self.conv(x) + self.up(self.down(x))


class ScaledBranch(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.f = nn.Linear(d, d)
        nn.init.constant_(self.f.weight, 0.0)  # expect: dead-product
        nn.init.constant_(self.f.bias, 0.0)
        self.alpha = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x + self.alpha * self.f(x)


class Dense(nn.Module):
    def __init__(self, i=8, o=8):
        super().__init__()
        self.W = nn.Parameter(torch.Tensor(i, o))
        self.b = nn.Parameter(torch.Tensor(o))  # expect: half-initialised
        nn.init.xavier_normal_(self.W)

    def forward(self, x):
        return torch.relu(x @ self.W + self.b)


class Voting(nn.Module):
    def __init__(self, d=10, n=3):
        super().__init__()
        nets = []
        for i in range(n):
            torch.manual_seed(1234)  # expect: reseeded-layers
            nets += [nn.Linear(d, 2)]
        self.nets = nn.ModuleList(nets)

    def forward(self, x):
        return sum(net(x) for net in self.nets)


class Prior(nn.Module):
    """The focal-loss prior is wiped."""

    def __init__(self, c=16, k=4):
        super().__init__()
        self.body = nn.Conv2d(3, c, 3)
        self.cls = nn.Conv2d(c, k, 1)
        nn.init.constant_(self.cls.bias, -4.59)  # expect: init-overwritten
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.normal_(m.weight, std=0.01)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.cls(torch.relu(self.body(x)))
