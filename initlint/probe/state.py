"""What a block may find changed when it runs once more: random states, caches that it was given, its own counters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

_DEPTH = 4
_Saved = list[tuple[Any, Any]]


class State:
    """The containers and attributes that are to be reached from some values, as they are now.

    Tensors are kept as they are, and parameters, buffers and submodules of modules left alone."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.values = list(values)
        self.random = torch.get_rng_state()
        self.saved = _save(self.values)

    @contextmanager
    def back(self) -> Iterator[None]:
        """As it was then, for a while."""
        now = _save(self.values)
        _put(self.saved)
        try:
            with torch.random.fork_rng(devices=()):
                torch.set_rng_state(self.random)
                yield
        finally:
            _put(now)


def _save(values: Iterable[Any]) -> _Saved:
    found: dict[int, tuple[Any, Any]] = {}
    for value in values:
        _collect(value, found, 0)
    return list(found.values())


def _collect(value: Any, found: dict[int, tuple[Any, Any]], depth: int) -> None:
    if depth > _DEPTH or isinstance(value, (torch.Tensor, type)):
        return
    if isinstance(value, nn.Module):
        if depth == 0:
            for module in value.modules():
                own = {name: each for name, each in vars(module).items() if not name.startswith("_")}
                found[id(module)] = (module.__dict__, {name: each for name, each in own.items() if not _empty(each)})
        return
    if isinstance(value, dict):
        held: Any = dict(value)
        items: Iterable[Any] = held.values()
        target: Any = value
    elif isinstance(value, list):
        target, held = value, list(value)
        items = held
    elif hasattr(value, "__dict__") and not callable(value):
        target, held = value.__dict__, dict(value.__dict__)
        items = held.values()
    else:
        return
    if id(target) not in found:
        found[id(target)] = (target, held)
        for each in items:
            _collect(each, found, depth + 1)


def _empty(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.is_meta


def _put(saved: _Saved) -> None:
    for target, held in saved:
        if isinstance(target, list):
            target[:] = held
        elif "_modules" in target:  # a module's: its tensors have just been filled
            target.update(held)
        else:
            target.clear()
            target.update(held)
