"""Synthetic digits: a blurred pattern for each class, and noise."""

from __future__ import annotations

from collections.abc import Iterator

import torch


def batches(size: int, classes: int, batch_size: int, steps: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Images of unit variance and their classes."""
    patterns = torch.randn(classes, 1, size, size)
    for _ in range(steps):
        labels = torch.randint(classes, (batch_size,))
        noise = torch.randn(batch_size, 1, size, size)
        yield (patterns[labels] + noise) / 2**0.5, labels
