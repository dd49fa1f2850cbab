"""Compares one live model of a library with the static model of the same construction."""

from __future__ import annotations

import contextlib
import inspect
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from torch import nn

from initlint.interpret import roots
from initlint.interpret.calls import call
from initlint.interpret.link import Project
from initlint.interpret.machine import LimitReached, Machine
from initlint.interpret.models import freeze
from initlint.interpret.values import Obj, describe
from initlint.ir.model import Model, Shape
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from tests.agreement.compare import Comparison, compare, live_modules
from tests.agreement.real.libraries import Candidate
from tests.agreement.real.translate import Translator
from tests.agreement.real_order.figures import Figures, compared
from tests.agreement.real_order.inputs import Run, run

_MOST_PARAMETERS = 80_000_000
_SEEDS = (0, 1)
Given = tuple[tuple[object, ...], dict[str, object]]  # the arguments of a call
SECONDS = 120


@dataclass
class Examination:
    """What the comparison of one model gave. ``failure`` says why there is none; ``classes`` are the library's module
    classes in it; ``reasons`` count, for the parameters that are not known, what the static model says of them. The
    seconds are the processor's."""

    library: str
    name: str
    failure: str = ""
    classes: frozenset[str] = frozenset()
    comparison: Comparison = field(default_factory=Comparison)
    reasons: dict[str, int] = field(default_factory=dict)
    order: Figures | None = None
    live_seconds: float = 0.0
    static_seconds: float = 0.0


@dataclass(frozen=True)
class _Live:
    """A model built once for each seed, the arguments of its class, and what one of them does on an input."""

    modules: list[nn.Module]
    given: Given
    ran: Run | None


def examine(candidate: Candidate, project: Project | None = None, seconds: float = SECONDS) -> Examination:
    """Build the model live, read the same construction, and compare; never raises for what a model does, nor for a
    fault of the interpreter. ``seconds`` of the processor are given to either side."""
    result = Examination(candidate.library, candidate.name)
    begun = time.process_time()
    live = None
    try:
        with _within(seconds):
            live = _built(candidate, result)
    except (TimeoutError, MemoryError) as error:
        result.failure = f"live: {_told(error, seconds)}"
    except Exception as error:
        result.failure = f"live: {type(error).__name__}: {error}"[:160]
    built = time.process_time()
    result.live_seconds = round(built - begun, 3)
    if live is None:
        return result
    try:
        with _within(seconds):
            _compare(candidate, live, project or Project(), result)
    except (TimeoutError, MemoryError) as error:
        _not_read(live, _told(error, seconds), result)
    except Exception:  # a fault of ours, which is no reason to lose the others' results
        result.failure = f"static: {traceback.format_exc()[-1500:]}"
    result.static_seconds = round(time.process_time() - built, 3)
    return result


def _told(error: BaseException, seconds: float) -> str:
    return "out of memory" if isinstance(error, MemoryError) else f"more than {seconds:g} s of the processor"


def _built(candidate: Candidate, result: Examination) -> _Live | None:
    first = candidate.build()
    if sum(parameter.numel() for parameter in first.parameters()) > _MOST_PARAMETERS:
        result.failure = "live: too large"
        return None
    with recorded(type(first)) as given:
        modules = live_modules(candidate.build, _SEEDS)
    result.classes = frozenset(
        f"{type(module).__module__}.{type(module).__qualname__}"
        for module in first.modules()
        if not type(module).__module__.startswith("torch.")
    )
    return _Live(modules, given[0], run(first))


def _compare(candidate: Candidate, live: _Live, project: Project, result: Examination) -> None:
    configs = {candidate.config: candidate.values} if candidate.config is not None else {}
    maker = inspect.unwrap(candidate.entry) if candidate.entry is not None else type(live.modules[0])
    arguments: Given = ((), dict(candidate.values)) if candidate.entry else live.given
    if candidate.named is not None:
        Translator(Machine(project), {}).named(inspect.unwrap(candidate.named))
    model = read(project, maker, arguments, configs, live.ran.given if live.ran is not None else ())
    if isinstance(model, Model):
        result.comparison = compare(model, live.modules)
        result.order = compared(candidate.name, model, live.ran.answers) if live.ran is not None else None
        _count_reasons(model, result)
    else:
        _not_read(live, model, result)


def _not_read(live: _Live, why: str, result: Examination) -> None:
    """A model of which nothing is known: all its parameters count."""
    names = [name for name, _ in live.modules[0].named_parameters()]
    result.comparison = Comparison(parameters=len(names), missing=names)
    result.reasons = {why: len(names)}


def read(
    project: Project,
    maker: Callable[..., object],
    given: Given,
    configs: Mapping[type, Mapping[str, Any]],
    inputs: Collection[str] = (),
) -> Model | str:
    """The static model of what the class or function makes of these live arguments, its forward given the arguments
    named in ``inputs``; a text where that is no module. As in linting, what takes too much work is read again with a
    share of it for every call."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))
    why = ""
    for sharing in (False, True):
        try:
            return _read(Machine(project, sharing), maker, given, configs, inputs)
        except (LimitReached, RecursionError) as error:
            why = str(error) or type(error).__name__
    return why


def _read(
    machine: Machine,
    maker: Callable[..., object],
    given: Given,
    configs: Mapping[type, Mapping[str, Any]],
    inputs: Collection[str],
) -> Model | str:
    translator = Translator(machine, configs)
    path = sys.modules[maker.__module__].__file__ or ""
    place = Place(path, 0, 0)
    with machine.scratch():
        positional = [translator.value(value) for value in given[0]]
        keywords = {name: translator.value(value) for name, value in given[1].items()}
        built = call(machine, translator.named(maker), positional, keywords, place)
        if not isinstance(built, Obj):
            return f"{maker.__name__} gives {describe(built)}"
        machine.steps = machine.forks = 0
        return freeze(machine, built, place, False, roots._forward(machine, built, inputs))


@contextlib.contextmanager
def recorded(cls: type[nn.Module]) -> Iterator[list[Given]]:
    """The arguments with which instances of the class itself are built meanwhile."""
    given: list[Given] = []
    original = cls.__init__

    def init(self: nn.Module, *positional: object, **keywords: object) -> None:
        if type(self) is cls:
            given.append((_copied(positional), _copied(keywords)))
        original(self, *positional, **keywords)

    cls.__init__ = init  # type: ignore[method-assign]
    try:
        yield given
    finally:
        cls.__init__ = original  # type: ignore[method-assign]


def _copied(value: Any) -> Any:
    """A copy of the lists and dicts in an argument, which a constructor may change."""
    if isinstance(value, dict) and type(value) is dict:
        return {key: _copied(item) for key, item in value.items()}
    return type(value)(map(_copied, value)) if type(value) in {list, tuple} else value


def _shape_reason(shape: Shape | Unknown) -> str:
    """Why a shape is not known: the first of its sizes that is not a number."""
    sizes = shape if isinstance(shape, tuple) else (shape,)
    first = next((size for size in sizes if not isinstance(size, (int, float))), "")
    return first.why if isinstance(first, Unknown) else str(first)


def _count_reasons(model: Model, result: Examination) -> None:
    static = {parameter.name: parameter for parameter in model.parameters}
    for name in result.comparison.unknown:
        parameter = static.get(name.removesuffix(" (shape)"))
        last = parameter.candidates[-1].initializer if parameter is not None and parameter.candidates else None
        if name.endswith("(shape)"):
            reason = f"shape: {_shape_reason(parameter.shape)}" if parameter is not None else "shape"
        elif parameter is not None and len(parameter.candidates) > 1:
            reason = "one of several initialisers"
        else:
            reason = f"initialiser: {last.call} {last.family} {getattr(last.std, 'why', '')}" if last else "none"
        result.reasons[reason] = result.reasons.get(reason, 0) + 1
    for name in result.comparison.missing:
        reason = f"missing: {name.rpartition('.')[2]}"
        result.reasons[reason] = result.reasons.get(reason, 0) + 1


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    # Seconds of the processor, whatever else the machine does.
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
