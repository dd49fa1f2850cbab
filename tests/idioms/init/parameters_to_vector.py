"""`named_parameters` as dicts, `getattr` chains by a dotted name, `functools.reduce`, `rsplit`."""

from functools import reduce
from operator import attrgetter

import torch.nn as nn


def rgetattr(obj, attr):
    return reduce(getattr, [obj, *attr.split(".")])


class Net(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(dim, dim), nn.Linear(dim, dim))
        self.head = nn.ModuleDict({"a": nn.Linear(dim, 30)})
        nn.init.zeros_(rgetattr(self, "enc.1.weight"))
        nn.init.ones_(attrgetter("head.a.bias")(self))
        for name, p in list(self.named_parameters()):
            if name.endswith(".bias"):
                parent, leaf = name.rsplit(".", 1)
                module = self.get_submodule(parent)
                setattr(module, leaf, nn.Parameter(p.data.clone().fill_(0.125)))


def build():
    return Net()
