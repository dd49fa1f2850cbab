"""Allowed writes and arguments."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Noisy(nn.Module):
    def __init__(self, i=16, o=8):
        super().__init__()
        self.w_mu = nn.Parameter(torch.FloatTensor(o, i))
        self.w_sigma = nn.Parameter(torch.FloatTensor(o, i))
        self.register_buffer("eps", torch.FloatTensor(o, i))
        self.reset()
        self.reset_noise()

    def reset(self):
        r = 1 / self.w_mu.size(1) ** 0.5
        self.w_mu.data.uniform_(-r, r)
        self.w_sigma.data.fill_(0.4 * r)

    def reset_noise(self):
        self.eps.copy_(torch.randn(8, 16))

    def forward(self, x):
        return F.linear(x, self.w_mu + self.w_sigma * self.eps)


class Target(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.online = nn.Linear(d, d)
        self.target = nn.Linear(d, d)
        for a, b in zip(self.online.parameters(), self.target.parameters()):
            b.data.copy_(a.data)
            b.requires_grad = False
        for b in self.target.parameters():
            b.mul_(1.0)

    def forward(self, x):
        return self.online(x), self.target(x)


class Rezero(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.alpha = nn.Parameter(torch.zeros(1))
        self.beta = nn.Parameter(torch.tensor(0.5).float())
        self.w = nn.Parameter(torch.randn(d, d).mul_(0.1).t().contiguous())
        self.cached = self.fc.weight.sum().item()

    def forward(self, x):
        return x + self.alpha * torch.tanh(self.fc(x) @ self.w) * self.beta
