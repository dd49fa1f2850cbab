"""Deep ReLU nets at He's gain, each filled in a way of its own."""

from abc import ABC, abstractmethod

import torch
import torch.nn as nn


class Tower(nn.Module, ABC):
    def __init__(self, width=32, depth=12):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.fill()

    @abstractmethod
    def fill(self):
        """Draw the weights."""

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


class ByStateDict(Tower):
    def fill(self):
        for name, value in self.state_dict().items():
            if "weight" in name:
                nn.init.kaiming_normal_(value)


class ByDict(Tower):
    def fill(self):
        for layer in vars(self)["_modules"]["layers"]:
            nn.init.kaiming_normal_(layer.weight)


class ByVector(Tower):
    def fill(self):
        flat = nn.utils.parameters_to_vector(self.parameters())
        nn.utils.vector_to_parameters(torch.randn_like(flat) * 0.25, self.parameters())


class ByComprehension(Tower):
    def fill(self):
        [nn.init.kaiming_normal_(p) for p in self.parameters() if p.dim() > 1]


class ByFilter(Tower):
    def fill(self):
        for p in filter(lambda p: p.dim() > 1, self.parameters()):
            nn.init.kaiming_normal_(p)


class ByName(nn.Module):
    def __init__(self, width=32, depth=12):
        super().__init__()
        self.depth = depth
        for i in range(depth):
            setattr(self, "fc%d" % i, nn.Linear(width, width))
        for i in range(depth):
            nn.init.kaiming_normal_(self.__getattr__("fc%d" % i).weight)

    def forward(self, x):
        for i in range(self.depth):
            x = torch.relu(getattr(self, "fc%d" % i)(x))
        return x


def example():
    x = torch.randn(4, 32)
    return [cls()(x) for cls in (ByStateDict, ByDict, ByVector, ByComprehension, ByFilter, ByName)]
