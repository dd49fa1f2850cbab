"""Sizes and layer classes in class attributes, properties, class methods and static methods."""

import torch.nn as nn


class Base(nn.Module):
    hidden = 24
    layer = nn.Linear
    sizes = [(8, 16), (16, 24)]

    def __init__(self, ratio=2):
        super().__init__()
        self._ratio = ratio
        self.fc = self.layer(self.hidden, self.inner)
        self.stack = nn.ModuleList(self.layer(i, o) for i, o in self.sizes)
        self.out = self.make(self.inner, self.__class__.hidden)
        self.other = type(self).default(3)

    @property
    def inner(self):
        return self.hidden * self._ratio

    @staticmethod
    def make(i, o):
        return nn.Sequential(nn.Linear(i, o), nn.ReLU())

    @classmethod
    def default(cls, classes):
        return nn.Linear(cls.hidden, classes)

    @property
    def weight(self):
        return self.fc.weight

    @classmethod
    def from_config(cls, config):
        model = cls(**config)
        nn.init.orthogonal_(model.weight)
        return model


class Child(Base):
    hidden = 32
    sizes = Base.sizes + [(24, 32)]


def build():
    return Child.from_config({"ratio": 3})
