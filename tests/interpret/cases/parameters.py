"""Parameters and buffers that a class makes itself."""

import math

import torch
from torch import nn
from torch.nn.parameter import Parameter


class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.zeros = nn.Parameter(torch.zeros(width, 3))
        self.ones = Parameter(torch.ones(width))
        self.full = nn.Parameter(torch.full((2, width), 0.5))
        self.normal = nn.Parameter(torch.randn(width, 30))
        self.scaled = nn.Parameter(torch.randn(width, 30) * 0.02)
        self.divided = nn.Parameter(torch.randn(30, width) / math.sqrt(width))
        self.uniform = nn.Parameter(torch.rand(width, 30))
        self.shifted = nn.Parameter(torch.rand(width, 30) * 2 - 1)
        self.empty = nn.Parameter(torch.empty(width, 4))
        self.filled = nn.Parameter(torch.Tensor(width, 40).uniform_(-0.1, 0.1))
        self.drawn = nn.Parameter(torch.empty(width, 30).normal_(mean=1, std=0.3))
        self.value = nn.Parameter(torch.tensor(0.07))
        self.several = nn.Parameter(torch.tensor([2.0, 2.0]))
        self.frozen = nn.Parameter(torch.ones(2), requires_grad=False)
        self.no_parameter = torch.zeros(5)
        self.register_parameter("registered", nn.Parameter(torch.zeros(1, width)))
        self.register_parameter("absent", None)
        self.register_buffer("steps", torch.zeros(1))
        self.register_buffer("hidden", torch.ones(2), persistent=False)
        self.late = None
        self.late = nn.Parameter(torch.zeros(7))


class Collections(nn.Module):
    def __init__(self):
        super().__init__()
        self.items = nn.ParameterList([nn.Parameter(torch.ones(2)) for _ in range(2)])
        self.items.append(nn.Parameter(torch.zeros(3)))
        self.named = nn.ParameterDict({"left": nn.Parameter(torch.zeros(2)), "right": nn.Parameter(torch.ones(4))})


class Reckoned(nn.Module):
    """What a function of each element gives has its shape."""

    def __init__(self, inner=128):
        super().__init__()
        states = torch.arange(1, 17, dtype=torch.float32).repeat(inner, 1)
        self.log_states = nn.Parameter(torch.log(states))
        self.steps = nn.Parameter((torch.rand(inner) * 0.1).exp().clamp(min=1.0))
        self.flat = nn.Parameter(torch.flatten(torch.zeros(2, 3, 4), 1))

    def forward(self, x):
        return x
