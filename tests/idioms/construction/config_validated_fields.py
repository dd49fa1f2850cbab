"""A configuration whose fields are checked: a decorator makes a field of the check."""

from dataclasses import dataclass, field

from torch import nn


def as_validated_field(check):
    def make(default):
        check(default)
        return field(default=default)

    return make


def interval(low, high):
    @as_validated_field
    def _inner(value):
        if not low <= value <= high:
            raise ValueError(value)

    return _inner


@dataclass
class Config:
    width: int = 48
    initializer_range: float = interval(0.0, 1.0)(default=0.05)


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.up = nn.Linear(config.width, 2 * config.width)
        nn.init.normal_(self.up.weight, std=config.initializer_range)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return self.up(x)


def build():
    return Net(Config())
