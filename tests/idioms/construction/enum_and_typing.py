"""Enums choose layers; annotations, `Optional`, `Literal`, `Final`, `cast`, `TYPE_CHECKING`, generics."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Callable, Final, Generic, List, Literal, Optional, Type, TypeVar, cast

import torch.nn as nn

if TYPE_CHECKING:
    from nowhere import Nothing

T = TypeVar("T")
HIDDEN: Final[int] = 20
Widths = List[int]


class Norm(Enum):
    BATCH = "batch"
    LAYER = "layer"


class Act(Enum):
    RELU = auto()
    PRELU = auto()


class Box(nn.Module, Generic[T]):
    dim: int
    __constants__ = ["dim"]

    def __init__(self, dim: int, norm: Norm = Norm.LAYER, act: Act = Act.PRELU, kind: Literal["a", "b"] = "a") -> None:
        super().__init__()
        self.dim: int = dim
        self.fc: nn.Linear = nn.Linear(dim, HIDDEN)
        self.norm: Optional[nn.Module] = nn.LayerNorm(HIDDEN) if norm is Norm.LAYER else nn.BatchNorm1d(HIDDEN)
        self.act = nn.ReLU() if act == Act.RELU else nn.PReLU()
        self.head = cast(nn.Module, nn.Linear(HIDDEN, 2))
        if Norm("batch") is Norm.BATCH and norm.value == "layer":
            self.extra = nn.Linear(3, 30)


def build() -> nn.Module:
    return Box[int](16)
