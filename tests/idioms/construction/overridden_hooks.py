"""The base class builds by hooks that the classes override; some call the base's own."""

from abc import ABC, abstractmethod

import torch.nn as nn


class Template(nn.Module, ABC):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.build()
        self.reset_parameters()

    def build(self):
        self.body = nn.Linear(self.dim, self.dim)
        self.head = self.make_head()

    @abstractmethod
    def make_head(self): ...

    def reset_parameters(self):
        nn.init.xavier_normal_(self.body.weight)


class Middle(Template):
    def make_head(self):
        return nn.Linear(self.dim, 2)

    def reset_parameters(self):
        super().reset_parameters()
        nn.init.zeros_(self.body.bias)


class Net(Middle):
    def build(self):
        super(Net, self).build()
        self.extra = nn.Linear(self.dim, 30, bias=False)

    def make_head(self):
        return nn.Sequential(nn.LayerNorm(self.dim), super().make_head())


class Custom(nn.Linear):
    def reset_parameters(self):
        nn.init.kaiming_normal_(self.weight, nonlinearity="relu")
        if self.bias is not None:
            nn.init.ones_(self.bias)


def build():
    return nn.ModuleList([Net(20), Custom(16, 24), Middle(18)])
