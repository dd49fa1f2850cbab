"""self.apply with a method, a function, a nested function and a lambda; children come before their parent."""

from functools import partial

import torch
from torch import nn


def set_constant(module, value=1.0):
    if hasattr(module, "weight") and module.weight is not None:
        nn.init.constant_(module.weight, value)


class Method(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
        self.apply(self._init_weights)
        self.after = nn.Linear(2, 2)

    def _init_weights(self, m):
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=0.02)
            if isinstance(m, nn.Linear) and m.bias is not None:
                nn.init.constant_(m.bias, 0)
        elif isinstance(m, (nn.LayerNorm, nn.BatchNorm1d)):
            nn.init.constant_(m.bias, 2.0)
            nn.init.constant_(m.weight, 3.0)


class Function(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 4)
        self.emb = nn.Embedding(3, 4)
        self.act = nn.ReLU()
        self.apply(set_constant)


class Others(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 4)
        self.b = nn.Sequential(nn.Linear(3, 4))
        self.c = nn.Linear(3, 4)
        self.d = nn.Linear(3, 4)

        def local(m):
            if type(m) == nn.Linear:  # noqa: E721
                m.weight.data.fill_(5)

        self.a.apply(local)
        self.b.apply(partial(set_constant, value=6.0))
        self.c.apply(lambda m: nn.init.ones_(m.bias))
        for part in (self.c, self.d):
            part.apply(local)


class Order(nn.Module):
    """The parent's own rule runs last and wins."""

    def __init__(self):
        super().__init__()
        self.inner = Method()
        self.table = nn.Parameter(torch.zeros(2, 3))
        self.apply(self.rule)

    def rule(self, m):
        if isinstance(m, nn.Linear):
            nn.init.constant_(m.weight, 1)
        if isinstance(m, Method):
            nn.init.constant_(m.after.weight, 2)
        if m is self:
            nn.init.ones_(m.table)
