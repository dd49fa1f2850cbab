"""Modules with bases that say nothing of modules: their constructors do nothing, and marks are not thought to be there."""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

import torch.nn as nn

T = TypeVar("T")


class Table(nn.Module, ABC):
    def __init__(self, heads=4, rows=64):
        super().__init__()
        self.table = nn.Embedding(rows, heads)

    @abstractmethod
    def rows(self): ...


class One(Table):
    def __init__(self, scale=1, **given):
        super().__init__(**given)

    def rows(self):
        return 1


class Head(nn.Module, Generic[T]):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(4, 4)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.tables = nn.ModuleList([One(), One(rows=32)])
        self.head = Head()
        self.apply(self._init)

    def _init(self, module):
        if getattr(module, "_is_initialized", False):
            return
        if isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=3.0)
        elif isinstance(module, Table):
            nn.init.normal_(module.table.weight, std=0.5)
        elif isinstance(module, Head):
            nn.init.zeros_(module.out.weight)
        module._is_initialized = True


def build():
    return Net()
