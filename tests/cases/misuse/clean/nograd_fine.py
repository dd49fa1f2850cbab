"""In-place writes that autograd allows."""

import math

import torch
import torch.nn as nn


class Dense(nn.Module):
    def __init__(self, i=32, o=16):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(o, i).uniform_(-0.1, 0.1))
        self.bias = nn.Parameter(torch.zeros(o))
        self.register_buffer("steps", torch.zeros(1))
        self.steps.fill_(1)
        self.scale = nn.Parameter(torch.ones(1), requires_grad=False)
        self.scale.fill_(2.0)
        self.reset_parameters()

    @torch.no_grad()
    def reset_parameters(self):
        self.weight.uniform_(-1 / math.sqrt(32), 1 / math.sqrt(32))
        self.bias.zero_()

    def forward(self, x):
        return x @ self.weight.t() * self.scale + self.bias


@torch.no_grad()
def init_all(m):
    if isinstance(m, nn.Linear):
        m.weight.normal_(0, 0.05)
        m.bias[:4] = 0.1


def scale_down(module, factor):
    with torch.no_grad():
        for p in module.parameters():
            p.mul_(factor)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(16, 16)
        self.b = nn.Linear(16, 4)
        self.apply(init_all)
        scale_down(self.b, 0.1)
        w = self.b.weight.data
        w[0].fill_(0.01)
        self.a.weight.detach().mul_(0.5)
        frozen = nn.Linear(16, 16)
        frozen.requires_grad_(False)
        frozen.weight.copy_(torch.eye(16))
        self.frozen = frozen
        prev = torch.is_grad_enabled()
        torch.set_grad_enabled(False)
        self.a.bias.fill_(0.5)
        torch.set_grad_enabled(prev)

    def forward(self, x):
        return self.b(torch.tanh(self.frozen(self.a(x))))


class Optimised(nn.Module):
    """Updates its own parameters in its forward, out of autograd's sight."""

    def __init__(self, n=8):
        super().__init__()
        self.centers = nn.Parameter(torch.randn(n, 4))

    def forward(self, x):
        with torch.inference_mode():
            self.centers.mul_(0.99).add_(x.mean(0) * 0.01)
        return torch.cdist(x, self.centers)
