"""What a class is given where another of its project uses it: the surest example of how it is built and called.

The model that uses it is built and run once, and what reaches each of its parts is kept. A part is then measured as it
is in such a model, with the weights that the whole gives it.
"""

from __future__ import annotations

import contextlib
import copy
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import torch
from torch import nn

from initlint.probe.batch import Batch, signal
from initlint.probe.device import batch_on, running, where
from initlint.probe.guard import harmless
from initlint.probe.limits import at_most
from initlint.probe.moments import by_input
from initlint.probe.users import users

# How to build a class or function of a module and what it takes, or None; without asking here again.
Ready = Callable[[Any, ModuleType], "tuple[Callable[[], Any], Callable[[], Batch]] | None"]
_MAKERS = 5
# Seconds of processor time that one may take to be built and to run, and after which no other is tried.
_SECONDS, _ENOUGH = 12.0, 15.0


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a class is used: how to have it, and ways to its batch, the best first; whether it is a ``part``
    of what is built there, or all of it."""

    way: str
    part: bool
    build: Callable[[], nn.Module]
    batches: tuple[Callable[[], Batch], ...]


@dataclass(slots=True)
class Context:
    """Remembers what the parts of the models that it ran were given."""

    _known: dict[int, Mapping[type, Use]] = field(default_factory=dict)

    def uses(self, cls: type, module: ModuleType, ready: Ready) -> Iterator[Use]:
        """Where other classes or functions use that class, the surest first."""
        tried, start = 0, time.process_time()
        for maker, home in users(cls, module):
            if tried >= _MAKERS or time.process_time() - start > _ENOUGH:
                return
            tried += id(maker) not in self._known
            found = self._parts(maker, home, ready).get(cls)
            if found is not None:
                yield found

    def _parts(self, maker: Any, home: ModuleType, ready: Ready) -> Mapping[type, Use]:
        if id(maker) not in self._known:
            self._known[id(maker)] = _ran(maker, ready(maker, home))
        return self._known[id(maker)]


def _ran(maker: Any, ready: tuple[Callable[[], Any], Callable[[], Batch]] | None) -> Mapping[type, Use]:
    if ready is not None:
        build, make = ready
        with contextlib.suppress(Exception, SystemExit), at_most(_SECONDS), harmless():
            found = _given(build(), make())
            return {type(part): _use(maker.__name__, build, path, given) for path, part, given in found}
    return {}


def _use(maker: str, build: Callable[[], Any], path: str, given: Batch) -> Use:
    batches = (lambda: _again(given), lambda: _fresh(given))
    way = f"as `{maker}` uses it, at `{path}`" if path else f"as `{maker}` builds it"
    return Use(way, bool(path), _part(build, path), batches)


def _part(build: Callable[[], Any], path: str) -> Callable[[], nn.Module]:
    def built() -> nn.Module:
        whole: nn.Module = build()
        return whole.get_submodule(path)

    return built


def _given(model: nn.Module, batch: Batch) -> list[tuple[str, nn.Module, Batch]]:
    """What reaches the first part of each class, with the part and the path to it; of a forward that raises, so far."""
    found: dict[type, tuple[str, nn.Module, Batch]] = {}
    handles = []

    def keep(path: str) -> Callable[..., None]:
        def hook(part: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            if type(part) not in found:
                given = Batch(args, kwargs, batch.size).mapped(lambda each: each.detach().clone())
                found[type(part)] = path, part, _fresh(given)

        return hook

    for path, part in model.named_modules():
        if not type(part).__module__.startswith("torch."):
            handles.append(part.register_forward_pre_hook(keep(path), with_kwargs=True))
    try:
        model.train()
        with torch.no_grad(), running(model), contextlib.suppress(Exception):
            given = batch_on(batch, where(model))
            model(*given.args, **given.kwargs)
    finally:
        for each in handles:
            each.remove()
    return list(found.values())


def _again(given: Batch) -> Batch:
    """As it was, but that numbers which differ between inputs are drawn anew: what earlier parts leave of the signal
    is not this one's doing."""
    return _fresh(given.mapped(lambda each: _redrawn(each, given.size)))


def _redrawn(value: torch.Tensor, size: int) -> torch.Tensor:
    rows = by_input(value, size) if value.is_floating_point() and value.numel() else None
    if rows is None or size < 2 or not bool(rows.isfinite().all()):
        return value
    one_sign = bool((rows >= 0).all()) or bool((rows <= 0).all())  # shares, times, places: not any number will do
    if one_sign or not float(rows.float().var(dim=0).mean()) > 0:
        return value
    if value.shape[0] % size == 0:
        return signal(tuple(value.shape)).to(value)
    at = next((index for index, each in enumerate(value.shape) if each % size == 0), 0)
    moved = value.movedim(at, 0)
    return signal(tuple(moved.shape)).movedim(0, at).to(value)


def _fresh(given: Batch) -> Batch:
    """With caches and other objects of its own, which a forward may change."""
    return Batch(tuple(map(_own, given.args)), {name: _own(each) for name, each in given.kwargs.items()}, given.size)


def _own(value: Any) -> Any:
    if isinstance(value, (torch.Tensor, nn.Module)):
        return value
    with contextlib.suppress(Exception):
        return copy.deepcopy(value)
    return value
