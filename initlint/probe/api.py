"""``initlint.probe``: measure a live model."""

from __future__ import annotations

import inspect
import os
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import nn

from initlint.diagnostics import Diagnostic, Severity
from initlint.ir.measured import Extra, Input, Measurement, Run
from initlint.ir.place import Span
from initlint.probe import batch as batches
from initlint.probe.arguments import Calls
from initlint.probe.built import block_limit, built, room
from initlint.probe.device import batch_on, device_of, exact, moved, naming_what_stays
from initlint.probe.extra import extra
from initlint.probe.judge import NEED_EXTRAS, judge
from initlint.probe.lines import Project, project_of, whole_line
from initlint.probe.measure import Subject, Whole, measure
from initlint.probe.predict import predicted
from initlint.probe.provenance import Recorder
from initlint.probe.restore import preserved, random_states, set_random_states
from initlint.probe.stream import Stream
from initlint.probe.widths import widths
from initlint.selection import selected_codes

SEEDS = 5


class Unhealthy(AssertionError):
    """What :meth:`Report.assert_healthy` raises: the findings, one to a line."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a probe measured and found."""

    measurement: Measurement
    diagnostics: tuple[Diagnostic, ...]

    @property
    def healthy(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return all(each.severity is Severity.INFO for each in self.diagnostics)

    def assert_healthy(self) -> None:
        """Nothing, for a healthy model.

        :raises Unhealthy: there are errors or warnings.
        """
        bad = [each for each in self.diagnostics if each.severity is not Severity.INFO]
        if bad:
            lines = [f"{_shown(each.span)} {each.code} {each.name}: {each.message}" for each in bad]
            raise Unhealthy("\n".join([f"{self.measurement.name} is not healthy at initialisation:", *lines]))


def _shown(span: Span) -> str:
    return f"{span.path}:{span.line}:"


def probe(
    model: nn.Module | Callable[[], nn.Module],
    batch: Any,
    *,
    loss: Callable[[Any], torch.Tensor] | None = None,
    targets: torch.Tensor | None = None,
    seeds: int | Sequence[int] = SEEDS,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    device: str | None = None,
    blockwise: bool | None = None,
) -> Report:
    """Measure a model at initialisation, and judge it.

    ``model`` is an instance, which is left bit for bit as it was (also after an exception), or a class or function that
    builds one without arguments: then ``seeds`` instances are built (or one under each of the seeds given), and all
    values are traced to the line that wrote them. ``batch`` is what the forward takes: a tensor, a tuple of arguments,
    or a dict of keyword arguments. ``loss`` makes a scalar of what the forward returns; else the gradient is that of a
    random functional of it. ``targets`` are class numbers, for the loss at initialisation. ``select`` and ``ignore``
    name rules as on the command line. ``device`` is where to measure: ``cpu``, ``cuda``, ``cuda:1``, or ``auto``; else
    where the model is. ``blockwise`` keeps what a class or function builds in memory a block at a time, False as a
    whole; else its size decides.

    :raises ValueError: the batch holds neither a tensor nor a list.
    :raises initlint.selection.UnknownRuleError: a key names no rule.
    :raises initlint.probe.device.DeviceError: the device is not here.
    :raises Exception: whatever the model raises.
    """
    codes = selected_codes(select, ignore)
    given = batches.of(batch, loss, targets)
    extras = bool(codes & NEED_EXTRAS)
    place = device_of(device) if device is not None else None
    if isinstance(model, nn.Module):
        measured = live(model, given, extras=extras, device=place)
    else:
        measured = fresh(model, lambda _: given, seeds, extras=extras, device=place, blockwise=blockwise)
    measured = predicted(measured)
    return Report(measured, tuple(judge(measured, codes)))


def live(
    model: nn.Module, batch: batches.Batch, recorder: Recorder | None = None, target: str = "", way: str = "given",
    extras: bool = False, device: torch.device | None = None,
) -> Measurement:  # fmt: skip
    """The measurement of an instance."""
    start = time.perf_counter()
    place = class_place(type(model))
    project = _project(type(model), place)
    recorder = recorder or getattr(model, "_initlint_recorder", None)
    found = Extra()
    batch = batch_on(batch, device)
    if extras:
        with preserved(model), quiet(), exact():
            found = extra(moved(model, device), batch, 0)
    with preserved(model), quiet(), exact(), naming_what_stays(model, device):
        run = measure(Whole(moved(model, device, recorder), project, recorder), batch, 0)
    return Measurement(
        target=target or type(model).__name__, name=type(model).__name__, place=place, way=way,
        inputs=batch.described(),
        runs=(run,), extra=found, seconds=time.perf_counter() - start, fresh=False,
    )  # fmt: skip


def fresh(
    build: Callable[[], nn.Module], batch: Callable[[int], batches.Batch], seeds: int | Sequence[int] = SEEDS,
    way: str = "given", target: str = "", project: Project | None = None, extras: bool = False,
    device: torch.device | None = None, blockwise: bool | None = None, memory: float = 0.0,
) -> Measurement:  # fmt: skip
    """The measurement of what a constructor makes, under several seeds; ``batch`` gives that of a seed. ``blockwise``:
    see :func:`initlint.probe.built.built`; ``memory`` is in GiB."""
    start = time.perf_counter()
    states = random_states()
    runs: list[Run] = []
    inputs: tuple[Input, ...] = ()
    name, place, found, known = "", None, Extra(), None
    project = project or _project(build, class_place(build))
    size = room(memory)
    try:
        for seed in range(seeds) if isinstance(seeds, int) else seeds:
            recorder = Recorder(project)
            torch.manual_seed(seed)
            with quiet(), exact():
                calls = Calls()
                with calls.watching():
                    model, deferred = built(build, seed, recorder, size, blockwise)
                arguments = calls.of(model)
                del calls  # it keeps what the constructors had in their hands
                if not isinstance(model, nn.Module):
                    raise TypeError(f"{getattr(build, '__name__', build)} gave {type(model).__name__}, not a module")
                torch.manual_seed(seed + 1000)
                given = batch_on(batch(seed), device)
                subject: Subject
                if deferred is not None:
                    blockwise, given = True, batch_on(deferred.batch(given), device)
                    subject = Stream(model, deferred, project, recorder, block_limit(size), device)
                else:
                    subject = Whole(moved(model, device, recorder), project, recorder)
                    if extras and not runs:
                        with preserved(model):
                            found = extra(model, given, seed)
                        found = replace(found, widths=widths(model, given, arguments))
                with naming_what_stays(model, device):
                    runs.append(measure(subject, given, seed))
            if not name:
                name, place, inputs = type(model).__name__, class_place(type(model)), given.described()
                known = arguments
    finally:
        set_random_states(states)
    way = f"{way}; a block at a time" if blockwise else way
    return Measurement(
        target=target or name, name=name, place=place, way=way, inputs=inputs, runs=tuple(runs),
        extra=found, seconds=time.perf_counter() - start, arguments=known,
    )  # fmt: skip


def class_place(cls: object) -> Span | None:
    """Where a class or function is defined."""
    try:
        path = inspect.getsourcefile(cls)  # type: ignore[arg-type]
        line = inspect.getsourcelines(cls)[1]  # type: ignore[arg-type]
    except (OSError, TypeError):
        return None
    return whole_line(os.path.abspath(path), line) if path is not None and line > 0 else None


def _project(maker: object, place: Span | None) -> Project:
    found = project_of(place.path) if place is not None else Project(())
    return Project(tuple(dict.fromkeys([*found.roots, os.getcwd()])))


@contextmanager
def quiet() -> Iterator[None]:
    """Without warnings: what the model's own code warns of is not the probe's to say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
