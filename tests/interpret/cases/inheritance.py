"""Base classes in the same file."""

from abc import ABC, abstractmethod

import torch
from torch import nn


class Base(nn.Module):
    width = 4

    def __init__(self, outputs=2):
        super().__init__()
        self.stem = nn.Linear(self.width, self.width)
        self.body = self.make_body()
        self.head = nn.Linear(self.width, outputs)
        self.init_weights()

    def make_body(self):
        return nn.Linear(self.width, self.width)

    def init_weights(self):
        nn.init.ones_(self.head.weight)


class Wide(Base):
    width = 8

    def __init__(self):
        super().__init__(outputs=3)
        self.own = nn.Linear(1, 1)

    def make_body(self):
        return nn.Sequential(super().make_body(), nn.ReLU())

    def init_weights(self):
        super().init_weights()
        nn.init.zeros_(self.stem.weight)


class NoConstructor(Wide):
    width = 16


class Abstract(nn.Module, ABC):
    @abstractmethod
    def outputs(self): ...

    def setup(self):
        self.fc = nn.Linear(2, self.outputs())


class Mixin:
    def add_extra(self):
        self.extra = nn.Linear(1, 2)


class Concrete(Mixin, Abstract):
    def __init__(self):
        nn.Module.__init__(self)
        self.setup()
        self.add_extra()

    def outputs(self):
        return 5


class ZeroLinear(nn.Linear):
    """A library layer with its own reset_parameters, which torch's constructor calls."""

    def reset_parameters(self):
        nn.init.zeros_(self.weight)
        if self.bias is not None:
            nn.init.ones_(self.bias)


class ScaledConv(nn.Conv2d):
    def __init__(self, inputs, outputs, scale=2.0):
        super().__init__(inputs, outputs, kernel_size=3, bias=False)
        self.scale = nn.Parameter(torch.full((outputs, 1), scale))


class UsesBoth(nn.Module):
    def __init__(self):
        super().__init__()
        self.zero = ZeroLinear(3, 4)
        self.conv = ScaledConv(2, 3)
