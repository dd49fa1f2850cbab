"""Sizes in a NamedTuple, a SimpleNamespace and a plain class."""

from collections import namedtuple
from types import SimpleNamespace
from typing import NamedTuple

import torch.nn as nn

Stage = namedtuple("Stage", ["channels", "repeats"])


class Spec(NamedTuple):
    width: int
    depth: int = 2


class Config:
    bias = False
    classes = 5

    def __init__(self, **kwargs):
        for k, v in kwargs.items():
            setattr(self, k, v)


class Net(nn.Module):
    def __init__(self, stages, spec, ns, config):
        super().__init__()
        self.stages = nn.ModuleList()
        chs = 3
        for stage in stages:
            for _ in range(stage.repeats):
                self.stages.append(nn.Conv2d(chs, stage.channels, 3))
                chs = stage.channels
        self.mlp = nn.Sequential(*[nn.Linear(spec.width, spec.width) for _ in range(spec.depth)])
        self.head = nn.Linear(ns.hidden, config.classes, bias=config.bias)
        width, depth = spec
        self.last = nn.Linear(width, config.out * depth)


def build():
    return Net([Stage(8, 1), Stage(channels=12, repeats=2)], Spec(20), SimpleNamespace(hidden=30), Config(out=6))
