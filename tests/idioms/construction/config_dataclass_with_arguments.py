"""Dataclasses whose decorator is given arguments, frozen ones among them; a base that makes dataclasses of its
subclasses; and what `replace` makes anew."""

from dataclasses import dataclass, replace

import torch.nn as nn
from typing_extensions import dataclass_transform


@dataclass(frozen=True)
class Sizes:
    dim: int = 24
    ratio: int = 4
    hidden: int = 0

    def __post_init__(self):
        if not self.hidden:
            object.__setattr__(self, "hidden", self.dim * self.ratio)


@dataclass(frozen=True, repr=False)
class Wider(Sizes):
    depth: int = 2


@dataclass_transform(kw_only_default=True)
class Settings:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        dataclass(cls)


class Encoder(Settings):
    width: int = 16
    inner: int = None

    def __post_init__(self):
        if self.inner is None:
            self.inner = 2 * self.width


class Block(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.up = nn.Linear(dim, hidden)
        self.down = nn.Linear(hidden, dim)


class Net(nn.Module):
    def __init__(self, sizes, encoder):
        super().__init__()
        self.encoder = Block(encoder.width, encoder.inner)
        self.bridge = nn.Linear(encoder.width, sizes.dim)
        self.blocks = nn.Sequential(*(Block(sizes.dim, sizes.hidden) for _ in range(sizes.depth)))


def build():
    sizes = Sizes(dim=12)
    return nn.ModuleList(
        [
            Net(replace(Wider(dim=8, hidden=5), depth=3), Encoder(width=6)),
            Block(sizes.dim, sizes.hidden),
            Block(replace(sizes, ratio=2).dim, replace(sizes, ratio=2, hidden=0).hidden),
        ]
    )
