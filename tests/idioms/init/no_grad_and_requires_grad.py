"""Frozen parts: `requires_grad = False`, `requires_grad_(False)`, decorators, `inference_mode`, `torch.set_grad_enabled`."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim=20):
        super().__init__()
        self.a = nn.Linear(dim, dim).requires_grad_(False)
        self.b = nn.Linear(dim, dim)
        self.b.weight.requires_grad = False
        self.c = nn.Linear(dim, dim)
        self.freeze(self.c)
        self.d = nn.Linear(dim, dim)
        self.fill()
        self.e = nn.Parameter(torch.randn(30), requires_grad=False)
        self.e.requires_grad = True
        with torch.set_grad_enabled(False):
            self.d.bias.fill_(0.5)

    @staticmethod
    def freeze(module):
        for p in module.parameters():
            p.requires_grad = False
        module.bias.requires_grad_()

    @torch.no_grad()
    def fill(self):
        self.d.weight.normal_(0, 0.05)


def build():
    return Net()
