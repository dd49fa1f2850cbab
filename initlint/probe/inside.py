"""The tensors inside of a value, and the whole of one that is spread over processes."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn


def tensors(value: object, depth: int = 0) -> Iterator[torch.Tensor]:
    """All tensors inside of a value: of lists, tuples, dicts and dataclasses."""
    if isinstance(value, torch.Tensor):
        yield value
    elif depth > 6:
        return
    elif isinstance(value, dict):
        for item in value.values():
            yield from tensors(item, depth + 1)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from tensors(item, depth + 1)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from tensors(getattr(value, name, None), depth + 1)


def sharded(model: nn.Module) -> bool:
    """Whether its parameters are spread over processes (DTensor, as FSDP2 and tensor parallelism make them)."""
    return any(hasattr(each, "full_tensor") for each in model.parameters())


def whole(tensor: torch.Tensor) -> torch.Tensor:
    """All of a tensor, gathered where it is spread over processes: all of them must ask for it."""
    gather = getattr(tensor, "full_tensor", None)
    return gather() if gather is not None else tensor
