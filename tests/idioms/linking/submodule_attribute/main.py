"""`import a.b.c` and then `a.b.c.name`; a package called like one of torch's; imports inside functions."""

import attr_pkg.nn
import attr_pkg.utils as U
from torch import nn


class Net(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        from attr_pkg.nn.linear import MyLinear as Inner

        self.a = attr_pkg.nn.MyLinear(dim, U.double(dim))
        self.b = Inner(dim, 30)
        self.c = nn.Linear(dim, 30)


def build():
    return Net()
