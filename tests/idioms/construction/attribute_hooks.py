"""Configurations that find attributes under other names, or in a dict that they hold."""

import torch.nn as nn


class Renamed:
    names = {"width": "hidden_size"}

    def __init__(self, **given):
        for key, value in given.items():
            setattr(self, key, value)

    def __setattr__(self, key, value):
        super().__setattr__(self.names.get(key, key), value)

    def __getattribute__(self, key):
        if key != "names" and key in super().__getattribute__("names"):
            key = super().__getattribute__("names")[key]
        return super().__getattribute__(key)


class Wrapped:
    def __init__(self, data):
        self._data = data

    def __getattr__(self, name):
        value = self._data[name]
        return Wrapped(value) if isinstance(value, dict) else value


class Net(nn.Module):
    def __init__(self, renamed, wrapped):
        super().__init__()
        self.first = nn.Linear(renamed.hidden_size, renamed.width)
        self.second = nn.Linear(renamed.width, wrapped.head.classes, bias=wrapped.bias)
        self.training_only = nn.Linear(2, 2)
        self.__delattr__("training_only")


def build():
    return Net(Renamed(hidden_size=8), Wrapped({"bias": False, "head": {"classes": 3}}))
