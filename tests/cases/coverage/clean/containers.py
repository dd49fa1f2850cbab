"""Lists of layers that are registered after all, and copies that are meant so."""
import copy

import torch
import torch.nn as nn


class Rebuilt(nn.Module):
    def __init__(self, d=16, n=3):
        super().__init__()
        layers = []
        for _ in range(n):
            layers += [nn.Linear(d, d), nn.ReLU()]
        self.layers = layers
        self.net = nn.Sequential(*self.layers)

    def forward(self, x):
        return self.net(x)


class RegisteredByName(nn.Module):
    def __init__(self, c=8, n=3):
        super().__init__()
        self.blocks = []
        for i in range(n):
            block = nn.Conv2d(c, c, 3, padding=1)
            setattr(self, f"block{i}", block)
            self.blocks.append(block)
        self.outs = [nn.Conv2d(c, 1, 1) for _ in range(n)]
        for i, out in enumerate(self.outs):
            self.add_module(f"out{i}", out)

    def forward(self, x):
        outs = []
        for block, out in zip(self.blocks, self.outs):
            x = torch.relu(block(x))
            outs.append(out(x))
        return outs


class Replaced(nn.Module):
    def __init__(self, d=16, n=3):
        super().__init__()
        self.heads = [nn.Linear(d, 2) for _ in range(n)]
        self.heads = nn.ModuleList(self.heads)

    def forward(self, x):
        return [h(x) for h in self.heads]


class Distilled(nn.Module):
    """A frozen teacher is kept out of the parameters on purpose."""

    def __init__(self, student, teacher):
        super().__init__()
        self.student = student
        for p in teacher.parameters():
            p.requires_grad = False
        self.teacher = [teacher]

    def forward(self, x):
        return self.student(x), self.teacher[0](x)


class EMA(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.online = nn.Sequential(nn.Linear(d, d), nn.ReLU(), nn.Linear(d, d))
        self.target = copy.deepcopy(self.online)
        for p in self.target.parameters():
            p.requires_grad = False

    def forward(self, x):
        with torch.no_grad():
            t = self.target(x)
        return self.online(x), t


class ClonedThenDrawn(nn.Module):
    def __init__(self, d=16, n=3):
        super().__init__()
        layer = nn.Linear(d, d)
        self.layers = nn.ModuleList([copy.deepcopy(layer) for _ in range(n)])
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        for l in self.layers:
            x = torch.tanh(l(x))
        return x


class OfGiven(nn.Module):
    """Copies of what the caller passes in may be trained already."""

    def __init__(self, block, n=3):
        super().__init__()
        self.blocks = nn.ModuleList([copy.deepcopy(block) for _ in range(n)])

    def forward(self, x):
        for b in self.blocks:
            x = x + b(x)
        return x


class Parameterless(nn.Module):
    def __init__(self, d=16, n=3):
        super().__init__()
        act, drop = nn.ReLU(), nn.Dropout(0.1)
        layers = []
        for _ in range(n):
            layers.extend([nn.Linear(d, d), act, drop])
        self.net = nn.Sequential(*layers)
        self.acts = nn.ModuleList([nn.GELU()] * n)

    def forward(self, x):
        return self.net(x)


class SharedOnPurpose(nn.Module):
    """ALBERT: one layer, applied again and again."""

    def __init__(self, d=16, n=6):
        super().__init__()
        shared_layer = nn.Linear(d, d)
        self.layers = nn.ModuleList([shared_layer for _ in range(n)])
        self.cell = nn.Linear(d, d)
        self.n = n

    def forward(self, x):
        for l in self.layers:
            x = torch.tanh(l(x))
        for _ in range(self.n):
            x = torch.tanh(self.cell(x))
        return x


class Greedy(nn.Module):
    """Each layer trains itself, by an optimiser of its own (Hinton's forward-forward)."""

    def __init__(self, d=16, n=3):
        super().__init__()
        self.layers = []
        for _ in range(n):
            layer = nn.Linear(d, d)
            layer.optimizer = torch.optim.Adam(layer.parameters(), lr=0.03)
            self.layers = self.layers + [layer]

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
