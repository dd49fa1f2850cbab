"""Builds a model: with its values, or, where these would take too much memory, without."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from torch import nn
from torch.nn.modules.module import register_module_parameter_registration_hook

from initlint.probe.deferred import Deferred
from initlint.probe.provenance import Recorder

_Made = TypeVar("_Made")
# Weights, their gradients, a step's and the activations: in all some four times the weights.
_SHARE = 4
# Of a model that is in memory a block at a time, each block may take so much.
_BLOCKS = 8
_UNKNOWN = 16 * 2**30


class _TooLarge(BaseException):
    """Not to be caught by a constructor."""


def room(gigabytes: float = 0.0) -> int:
    """How many bytes may be taken: those, else what the machine has."""
    if gigabytes > 0:
        return int(gigabytes * 2**30)
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        names = os.sysconf_names if hasattr(os, "sysconf") else {}
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if "SC_PHYS_PAGES" in names else _UNKNOWN


def block_limit(size: int) -> int:
    """The bytes of a block's parameters, where the whole may take so many."""
    return size // _BLOCKS


def built(
    make: Callable[[], _Made], seed: int = 0, recorder: Recorder | None = None, size: int = 0,
    blockwise: bool | None = None,
) -> tuple[_Made, Deferred | None]:  # fmt: skip
    """What ``make`` makes; without values, and with what gives them, where ``blockwise`` says so, or (None) where the
    parameters take more than a share of ``size`` bytes.

    :raises Exception: whatever the constructor raises.
    """

    def recorded() -> _Made:
        if recorder is None:
            return make()
        with recorder:
            return make()

    if not blockwise:
        try:
            with _within(size // _SHARE if size and blockwise is None else 0):
                return recorded(), None
        except _TooLarge:
            pass
    deferred = Deferred(seed)
    return deferred.build(recorded), deferred


@contextmanager
def _within(limit: int) -> Iterator[None]:
    """:raises _TooLarge: what modules register as parameters takes more bytes."""
    if not limit:
        yield
        return
    taken: dict[int, int] = {}

    def count(module: nn.Module, name: str, parameter: Any) -> None:
        if parameter is not None and not nn.parameter.is_lazy(parameter):
            taken[id(parameter)] = parameter.numel() * parameter.element_size()
            if sum(taken.values()) > limit:
                raise _TooLarge

    handle = register_module_parameter_registration_hook(count)
    try:
        yield
    finally:
        handle.remove()
