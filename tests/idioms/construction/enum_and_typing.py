"""Enums choose layers; annotations, `Optional`, `Literal`, `Final`, `cast`, `TYPE_CHECKING`, generics."""

from __future__ import annotations

from enum import Enum, IntEnum, auto
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


class Width(IntEnum):
    SMALL = 6


class Kind(str, Enum):
    PLAIN = "plain"
    GATED = "gated"


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


class Gate(nn.Module):
    def __init__(self, kind="gated"):
        super().__init__()
        self.fc = nn.Linear(Width.SMALL, Width(6) * 4)
        if Kind(kind) is Kind.GATED and Kind.GATED == "gated" and Kind.GATED.value != Kind.PLAIN.value:
            self.gate = nn.Linear(Width.SMALL.value, 20)


def build() -> nn.Module:
    return nn.ModuleList([Box[int](16), Gate()])
