"""Writes under conditions that nothing decides are «may». Live: no, the arguments have no default."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, zero, kind, path):
        super().__init__()
        self.a = nn.Linear(4, 4)
        if zero:
            nn.init.zeros_(self.a.weight)
        self.b = nn.Linear(4, 4)
        if kind == "normal":
            nn.init.normal_(self.b.weight, std=0.02)
        elif kind == "xavier":
            nn.init.xavier_uniform_(self.b.weight)
        else:
            nn.init.kaiming_uniform_(self.b.weight)
        self.c = nn.Linear(4, 4)
        if zero:
            nn.init.zeros_(self.c.weight)
        nn.init.ones_(self.c.weight)
        self.d = nn.Linear(4, 4)
        std = 0.01 if zero else 0.02
        nn.init.normal_(self.d.weight, std=std)
        self.e = nn.Linear(4, 4)
        if path is not None:
            self.e.load_state_dict(torch.load(path))
        self.f = nn.Linear(4, 4)
        if zero:
            return
        nn.init.ones_(self.f.weight)


class Foreign(nn.Module):
    """A function that can't be seen may write what it is given."""

    def __init__(self, init_function):
        super().__init__()
        self.a = nn.Linear(4, 4)
        init_function(self.a.weight)
        self.b = nn.Linear(4, 4)
        self.apply(init_function)
        self.c = nn.Linear(4, 4)
