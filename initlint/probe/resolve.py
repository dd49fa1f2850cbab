"""From a target to a measurement or an honest skip: import it, build it, find a batch, measure."""

from __future__ import annotations

import contextlib
import inspect
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

import torch
from torch import nn

from initlint.ir.measured import Measurement, Skip
from initlint.probe.adapt import tried
from initlint.probe.api import SEEDS, class_place, fresh, live, quiet
from initlint.probe.batch import SIZE, Batch, of
from initlint.probe.built import built, room
from initlint.probe.construct import Construction, required_of
from initlint.probe.context import Context, Use
from initlint.probe.conventions import offers
from initlint.probe.device import DeviceError, batch_on, device_of, moved, running, where
from initlint.probe.guard import harmless
from initlint.probe.hub import argument, known
from initlint.probe.limits import at_most
from initlint.probe.lines import Project, project_of
from initlint.probe.search import arguments_of, search
from initlint.probe.spec import Spec, Specs, made
from initlint.probe.stub import stub
from initlint.probe.target import OWN, Entry, said
from initlint.probe.users import tells

# Seconds to find out how a model is built and called whose part is to be measured.
_LOOKING = 12.0
# For so many models that were built in different ways a batch is searched.
_MODELS = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line or the project's table says of how to measure: keyword arguments of the constructor, the
    inputs (name, shape of one input, dtype or number of classes), how many inputs and seeds, the targets, the device,
    whether to hold a block at a time in memory (None: as its size demands), and the memory in GiB."""

    seeds: int = SEEDS
    batch: int = SIZE
    kwargs: Mapping[str, Any] | None = None
    inputs: tuple[tuple[str, tuple[int, ...], str], ...] = ()
    targets: int | None = None
    extras: bool = False
    device: str = "cpu"
    blockwise: bool | None = None
    memory: float = 0.0

    @property
    def place(self) -> torch.device:
        """:raises DeviceError: the device is not here."""
        return device_of(self.device)


@dataclass(slots=True)
class _Search:
    target: str
    tried: list[str] = field(default_factory=list)


class NoModuleError(Exception):
    """The target makes something else than a module."""


def probe_entry(entry: Entry, options: Options, context: Context | None = None) -> Measurement | Skip:
    """One thing, measured; never raises for what it does. ``context`` is what others of its project told."""
    try:
        return _probe(entry.label, entry.value, entry.module, options, context or Context())
    except (DeviceError, NoModuleError) as error:
        return Skip(entry.label, str(error), failed=True)
    except (Exception, SystemExit) as error:
        return Skip(entry.label, f"measuring it raised {said(error)}", failed=True)


# -- building and measuring


def _probe(label: str, entry: Any, module: ModuleType, options: Options, context: Context) -> Measurement | Skip:
    search_ = _Search(label)
    if isinstance(entry, nn.Module):
        batch = _batch_of(entry, module, options, search_)
        if batch is None:
            return _skip(search_, entry, entry, "no batch was found that its forward takes", {})
        way, make = batch
        return live(entry, make(), target=label, way=way, extras=options.extras, device=options.place)
    if not callable(entry):
        kind = "Python module" if inspect.ismodule(entry) else type(entry).__name__
        why = f"it is a {kind}: neither an `nn.Module`, nor a class or function that makes one"
        return Skip(label, why, failed=True)
    own = getattr(module, OWN, None)
    if callable(own) and (entry is own or (options.kwargs is None and not options.inputs)):
        said = _own(own, entry, options)
        if said is not None:
            build, given, blockwise = said
            return _fresh(build, given, f"{OWN}()", label, entry, replace(options, blockwise=blockwise))
    if inspect.isclass(entry) and issubclass(entry, nn.Module) and entry.forward is nn.Module.forward:
        return _skip(search_, entry, None, "it has no `forward` that could be run", {})
    first = _in_place_first(entry, module, options)
    found = _in_place(entry, module, context, options, search_) if first else None
    alone = _alone(entry, module, options, search_) if found is None else None
    if found is None and alone is not None and alone.ways is not None:
        build, make = alone.ways
        each = _each_seed(make, options.targets)
        return _fresh(build, each, alone.way, label, entry, replace(options, blockwise=alone.blockwise))
    if found is None and not first:
        found = _in_place(entry, module, context, options, search_)
    if found is None:
        assert alone is not None
        return _skip(search_, entry, None, alone.why, alone.arguments)
    use, make = found
    each = _each_seed(make, options.targets)
    measured = _fresh(use.build, each, use.way, label, entry, replace(options, blockwise=False))
    # What the whole gives a part afterwards can't be predicted from the part's class.
    return replace(measured, arguments=None) if use.part else measured


@dataclass(slots=True)
class _Alone:
    """What came of building a class or function by itself: how to build it and make its batch, or why that failed."""

    ways: tuple[Callable[[], Any], Callable[[], Batch]] | None = None
    way: str = ""
    blockwise: bool = False
    why: str = "it could not be built"
    arguments: Mapping[str, Any] = field(default_factory=dict)


def _alone(entry: Any, module: ModuleType, options: Options, search_: _Search) -> _Alone:
    """:raises NoModuleError: it makes something else than a module."""
    found, built_, start = _Alone(), 0, time.process_time()

    def build(construction: Construction) -> tuple[Any, bool]:
        torch.manual_seed(0)
        with quiet():
            made, deferred = built(construction.build, size=room(options.memory), blockwise=options.blockwise)
        return made, deferred is not None

    def failed(way: str, error: BaseException) -> None:
        search_.tried.append(f"{way}: {said(error)}")

    def works(construction: Construction, model: nn.Module, blockwise: bool, searching: bool) -> bool:
        found.blockwise, found.arguments = blockwise, construction.arguments
        batch = _batch_of(model, module, options, search_, searching)
        if batch is not None:
            found.way, found.ways = f"{construction.way}; {batch[0]}", (construction.build, batch[1])
        return batch is not None

    # Of what says itself what it takes, all configurations are tried before anything else is given to the first.
    first: tuple[Construction, nn.Module, bool] | None = None
    ways = tried(entry, module, options.kwargs, build, failed)
    made = next(ways, None)
    while made is not None:
        construction, (model, blockwise) = made
        if not isinstance(model, nn.Module):
            raise NoModuleError(f"it gives something of type `{type(model).__name__}`, not a module")
        if not blockwise:
            moved(model, options.place)
        before, says = len(search_.tried), hasattr(model, "main_input_name")
        if works(construction, model, blockwise, not says):
            return found
        first = first or ((construction, model, blockwise) if says else None)
        found.why, built_ = "no batch was found that its forward takes", built_ + 1
        if construction.enough or built_ >= _MODELS or time.process_time() - start > _LOOKING:
            break
        with contextlib.suppress(StopIteration):
            made = None
            made = ways.send(next(iter(search_.tried[before:]), None))
    if first is not None:
        works(*first, searching=True)
    return found


def _maker(entry: Any, module: ModuleType, options: Options) -> tuple[Callable[[], Any], Callable[[], Batch]] | None:
    """How to build a model for the sake of its parts: one that takes long, or much memory, is not worth it."""
    try:
        with at_most(_LOOKING), harmless():
            return _alone(entry, module, replace(options, blockwise=False), _Search("")).ways
    except (Exception, SystemExit):
        return None


def _in_place_first(entry: Any, module: ModuleType, options: Options) -> bool:
    """Whether a class needs more than it tells itself."""
    offered = any(callable(getattr(module, name, None)) for name in ("get_init_inputs", "get_inputs", "example_input"))
    said = options.kwargs is not None or options.inputs or offered or tells(entry)
    return not said and bool(required_of(entry))


def _in_place(
    entry: Any, module: ModuleType, context: Context, options: Options, search_: _Search
) -> tuple[Use, Callable[[], Batch]] | None:
    """A class as a part of another's model."""
    if not inspect.isclass(entry) or options.kwargs is not None or options.inputs or options.blockwise:
        return None
    for use in context.uses(entry, module, lambda maker, home: _maker(maker, home, options)):
        model = use.build()
        for make in use.batches:
            if _runs(model, make, use.way, search_):
                return use, make
    return None


def _fresh(
    build: Callable[[], nn.Module], batch: Callable[[int], Batch], way: str, label: str, entry: Any, options: Options
) -> Measurement:
    return fresh(
        build, batch, options.seeds, way, label, _project(entry), options.extras, options.place, options.blockwise,
        options.memory,
    )  # fmt: skip


def _each_seed(make: Callable[[], Batch], classes: int | None) -> Callable[[int], Batch]:
    """A batch for each seed, with random classes where their number is given."""

    def batch(_: int) -> Batch:
        found = make()
        return replace(found, targets=torch.randint(0, classes, (found.size,))) if classes else found

    return batch


def _own(
    own: Callable[[], Any], entry: Any, options: Options
) -> tuple[Callable[[], nn.Module], Callable[[int], Batch], bool] | None:
    """What the project's own function gives: the model, its batch, and whether it must be held a block at a time; None
    where it is of another class."""
    given, deferred = built(own, size=room(options.memory), blockwise=options.blockwise)
    first = _unpacked(given)
    if entry is not own and inspect.isclass(entry) and not isinstance(first[0], entry):
        return None
    latest: list[Batch] = []

    def build() -> nn.Module:
        model, batch = _unpacked(own())
        latest[:] = [batch]
        return model

    return build, lambda _: latest[0], deferred is not None


def _unpacked(given: Any) -> tuple[nn.Module, Batch]:
    """(model, args[, kwargs][, loss or targets]) as a model and a batch."""
    if not isinstance(given, (tuple, list)) or not 2 <= len(given) <= 4 or not isinstance(given[0], nn.Module):
        raise TypeError(f"{OWN}() must return (model, args[, kwargs][, loss or targets])")
    model, args, *rest = given
    kwargs = rest.pop(0) if rest and isinstance(rest[0], dict) else {}
    last = rest[0] if rest else None
    args = tuple(args) if isinstance(args, (tuple, list)) else (args,)
    sizes = of((*args, *kwargs.values())).size
    loss = last if callable(last) and not isinstance(last, torch.Tensor) else None
    targets = last if isinstance(last, torch.Tensor) else None
    return model, Batch(args, kwargs, sizes, loss, targets, own=True)


def _batch_of(
    model: nn.Module, module: ModuleType, options: Options, search_: _Search, searching: bool = True
) -> tuple[str, Callable[[], Batch]] | None:
    """A way to make batches that the model takes: one that it offers, or (``searching``) one that is found."""
    if options.inputs:
        specs = _given(options.inputs, model)
        return (", ".join(map(str, specs)), lambda: made(specs, options.batch)) if _runs(
            model, lambda: made(specs, options.batch), "--input", search_
        ) else None  # fmt: skip
    for way, make in offers(model, module):
        if _runs(model, make, way, search_):
            return way, make
    if not searching:
        return None
    model.train()
    found: Specs | None = search(model, search_.tried, list(known(model)), lambda name: argument(model, name))
    if found is None:
        return None
    return ", ".join(map(str, found)) or "no arguments", lambda: made(found, options.batch)


def _given(inputs: tuple[tuple[str, tuple[int, ...], str], ...], model: nn.Module) -> Specs:
    """As the command line names them, the others by the forward's arguments in order."""
    taken = {name for name, _, _ in inputs}
    free = (name for name in arguments_of(model) if name not in taken)
    return tuple(
        Spec(
            name or next(free, "x"), shape, classes=int(kind) if kind.isdigit() else 10 if kind.startswith("int") else 0
        )
        for name, shape, kind in inputs
    )  # fmt: skip


def _runs(model: nn.Module, make: Callable[[], Batch], way: str, search_: _Search) -> bool:
    try:
        batch = batch_on(make(), where(model))
        with torch.no_grad(), quiet(), running(model):
            model.train()
            model(*batch.args, **batch.kwargs)
    except (Exception, SystemExit) as error:
        search_.tried.append(f"{way}: {said(error)}")
        return False
    return True


def _skip(search_: _Search, entry: Any, model: Any, why: str, arguments: Mapping[str, Any]) -> Skip:
    tried = [f"{OWN}(): the module has none", *search_.tried]
    return Skip(search_.target, why, tuple(tried), stub(entry, arguments))


def _project(entry: Any) -> Project | None:
    place = class_place(entry)
    if place is None:
        return None
    return Project(tuple(dict.fromkeys([*project_of(place.path).roots, os.getcwd()])))
