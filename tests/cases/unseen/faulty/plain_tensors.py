"""Tensors where parameters belong."""

import torch
import torch.nn as nn


def orthogonal_init(layer, gain=1.0):
    layer.weight = nn.init.orthogonal_(torch.empty_like(layer.weight), gain)  # expect: parameter-replaced-by-tensor
    return layer


class ActorCritic(nn.Module):
    def __init__(self, obs=4, act=2):
        super().__init__()
        self.body = orthogonal_init(nn.Linear(obs, 64), 2 ** 0.5)
        self.pi = orthogonal_init(nn.Linear(64, act), 0.01)

    def forward(self, x):
        return self.pi(torch.tanh(self.body(x)))


class SkipGram(nn.Module):
    def __init__(self, vocab=1000, dim=64, device="cuda"):
        super().__init__()
        self.embed = nn.Linear(dim, dim)
        self.context = nn.Parameter(torch.randn(vocab, dim)).to(device)  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return self.embed(x) @ self.context.t()


class Positional(nn.Module):
    def __init__(self, n=64, d=32):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.pos = 0.02 * nn.Parameter(torch.randn(n, d))  # expect: parameter-replaced-by-tensor

    def forward(self, x):
        return self.fc(x + self.pos)
