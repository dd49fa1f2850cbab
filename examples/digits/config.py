"""What a run can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """Sizes of the data and the models, and how to train."""

    image_size: int = 16
    classes: int = 10
    width: int = 32
    code: int = 8
    batch_size: int = 64
    steps: int = 100
    learning_rate: float = 0.05
    seed: int = 0
