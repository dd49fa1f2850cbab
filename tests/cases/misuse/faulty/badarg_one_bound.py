"""Calls that run and draw something else than meant: a lone std lands in the mean, a lone bound in the lower one."""

import torch
import torch.nn as nn


class Generator(nn.Module):
    def __init__(self, z=100, out=784):
        super().__init__()
        self.fc1 = nn.Linear(z, 128)
        self.fc2 = nn.Linear(128, out)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0.02)  # expect: bad-init-argument
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return torch.tanh(self.fc2(torch.tanh(self.fc1(x))))


class Recommender(nn.Module):
    def __init__(self, users=100, items=200, dim=16):
        super().__init__()
        self.users = nn.Embedding(users, dim)
        self.items = nn.Embedding(items, dim)
        self.users.weight.data.uniform_(-0.05)  # expect: bad-init-argument
        self.items.weight.data.normal_(-0.05, 0.05)  # expect: bad-init-argument

    def forward(self, u, i):
        return (self.users(u) * self.items(i)).sum(-1)


class Tokens(nn.Module):
    def __init__(self, dim=32, depth=2):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.fc = nn.Linear(dim, dim)
        nn.init.trunc_normal_(self.fc.weight, 0.02)  # expect: bad-init-argument
        nn.init.trunc_normal_(self.cls_token, std=0.02)

    def forward(self, x):
        return self.fc(torch.cat([self.cls_token.expand(x.size(0), -1, -1), x], 1))
