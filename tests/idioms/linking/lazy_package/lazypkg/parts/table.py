import importlib
from collections import OrderedDict

__all__ = ["TABLE"]


class _Lazy(OrderedDict):
    def __init__(self, names):
        self._names = names
        self._modules = {}

    def __getitem__(self, key):
        if key not in self._names:
            raise KeyError(key)
        if key not in self._modules:
            self._modules[key] = importlib.import_module(f".{key}", "lazypkg.parts")
        if hasattr(self._modules[key], self._names[key]):
            return getattr(self._modules[key], self._names[key])
        return getattr(importlib.import_module("lazypkg.parts"), self._names[key])

    def keys(self):
        return list(self._names)


TABLE = _Lazy(OrderedDict([("wide", "WideBlock"), ("plain", "Block")]))
