"""A config that reads and writes some attributes under other names, by `__getattribute__` and `__setattr__`."""

from dataclasses import dataclass
from typing import ClassVar

import torch.nn as nn


@dataclass
class Config:
    other_names: ClassVar[dict] = {}

    depth: int = 2

    def __setattr__(self, key, value):
        if key in super().__getattribute__("other_names"):
            key = super().__getattribute__("other_names")[key]
        super().__setattr__(key, value)

    def __getattribute__(self, key):
        if key != "other_names" and key in super().__getattribute__("other_names"):
            key = super().__getattribute__("other_names")[key]
        return super().__getattribute__(key)


@dataclass
class NetConfig(Config):
    other_names: ClassVar[dict] = {"hidden_size": "width", "experts": "local_experts"}

    width: int = 12
    experts: int = 64
    local_experts: int = 4

    def __post_init__(self):
        if self.hidden_size > 10:
            self.hidden_size = 10


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(config.hidden_size, config.width) for _ in range(config.depth)])
        self.experts = nn.Linear(config.experts, getattr(config, "hidden_size", 7))
        if hasattr(config, "experts"):
            self.head = nn.Linear(config.local_experts, 1)


def build():
    return Net(NetConfig())
