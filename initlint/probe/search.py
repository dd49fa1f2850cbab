"""Finds a batch that a model takes: from first guesses on, as what the forward raises says, the farthest first."""

from __future__ import annotations

import contextlib
import copy
import heapq
import inspect
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from initlint.probe import guesses
from initlint.probe.batch import SIZE, Batch
from initlint.probe.device import batch_on, running, where
from initlint.probe.errors import Hint, hints
from initlint.probe.guesses import SIDE, guess, shapes
from initlint.probe.inside import tensors
from initlint.probe.reading import blamed, reading
from initlint.probe.restore import random_states, set_random_states
from initlint.probe.spec import LENGTH, Spec, Specs, made

_TRIES = 60
# So many changes lead from a first guess to what is tried; more lead astray.
_CHANGED = 6
# Of all tries, in seconds of processor time.
_SECONDS = 12.0
# Seconds. What fails that late is tried without values first.
_SLOW = 0.3
# What multiplies so often is given less, but no side is made smaller than half of that.
_MUCH, _LEAST = 4e9, 32
_ELEMENTS = 5e7  # what an error led to may be as large as no memory holds
_OF_META = re.compile(r"meta|item\(\)|NotImplementedError")

Argument = Callable[[str], Spec | None]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a forward raised, and how far it came: layers that were done, and the line."""

    text: str
    far: int = 0
    blamed: tuple[str, ...] = ()


@dataclass(order=True, slots=True)
class _Candidate:
    """Arguments to try: those of the try that came farthest first."""

    rank: tuple[int, ...]
    specs: Specs = field(compare=False)
    changes: int = field(compare=False, default=0)
    parent: str = field(compare=False, default="")


def search(
    model: nn.Module, tried: list[str], known: Sequence[Specs] = (), argument: Argument = lambda name: None
) -> Specs | None:
    """The arguments that the forward takes, or None; ``tried`` is told what was given and what came of it. What is
    ``known`` of them already comes first; ``argument`` may know a single one by its name."""
    number = count()
    first = [_Candidate((0, next(number)), specs) for specs in (*known, *guesses.first(model))]
    last = [_Candidate((0, next(number)), specs) for specs in guesses.last(model)]
    changed: list[_Candidate] = []
    seen: set[Specs] = set()
    twin: nn.Module | None = None
    until = time.process_time() + _SECONDS
    while (first or changed or last) and len(seen) < _TRIES and time.process_time() < until:
        each = first.pop(0) if first else heapq.heappop(changed) if changed else last.pop(0)
        if each.specs in seen or sum(SIZE * math.prod(one.shape) for one in each.specs) > _ELEMENTS:
            continue
        seen.add(each.specs)
        failure, products = attempt(twin, each.specs) if twin is not None else None, [0]
        if failure is None or _OF_META.search(failure.text):
            start = time.perf_counter()
            failure = attempt(model, each.specs, products)
            if twin is None and failure is not None and time.perf_counter() - start > _SLOW:
                twin = _without_values(model)
        if failure is None:
            return _counted(model, _smaller(model, each.specs, products))
        tried.append(f"{', '.join(map(str, each.specs)) or 'no arguments'}: {failure.text}")
        if f"'{type(model).__name__}' object has no attribute" in failure.text:  # whatever it is given
            break
        if each.changes < _CHANGED:
            stuck = failure.text == each.parent
            for specs in _changed(model, each.specs, failure, argument):
                rank = (-failure.far, stuck, each.changes, next(number))
                heapq.heappush(changed, _Candidate(rank, specs, each.changes + 1, failure.text))
    return None


def _smaller(model: nn.Module, specs: Specs, products: list[int]) -> Specs:
    """Those arguments; of a model that has much to do, smaller images or shorter sequences where it takes these."""
    while products[0] > _MUCH:
        less = tuple(each.changed(_halved) for each in specs)
        products = [0]
        if less == specs or attempt(model, less, products) is not None:
            break
        specs = less
    return specs


def _halved(spec: Spec) -> Spec | None:
    if not spec.plain or len(spec.shape) < 2 or spec.shape[-1] < _LEAST:
        return None
    return replace(spec, shape=(spec.shape[0], *[size // 2 for size in spec.shape[1:]]))


def _counted(model: nn.Module, specs: Specs) -> Specs:
    """Those arguments; where a layer counts positions before inputs and an input changes what others give, with the
    inputs counted second, if they are then apart."""
    if all(getattr(each, "batch_first", True) for each in model.modules()) or not _mixes(model, specs, 0):
        return specs
    turned = tuple(each.changed(lambda one: replace(one, batch_at=1) if one.plain and one.shape else None)
                   for each in specs)  # fmt: skip
    return turned if turned != specs and attempt(model, turned) is None and not _mixes(model, turned, 1) else specs


def _mixes(model: nn.Module, specs: Specs, at: int) -> bool:
    """Whether the first input changes what the others give."""
    training, states = model.training, random_states()
    try:
        model.eval()
        with torch.no_grad(), torch.random.fork_rng(devices=()):
            one, other = made(specs), made(specs)
            outputs = []
            for batch in (batch_on(each, where(model)) for each in (one, _first_of(other, one, at))):
                set_random_states(states)
                outputs.append([each for each in tensors(model(*batch.args, **batch.kwargs)) if each.dim() > at])
    except Exception:
        return False
    finally:
        model.train(training)
        set_random_states(states)
    same = [(a, b) for a, b in zip(*outputs) if a.shape == b.shape and a.shape[at] == SIZE]
    return any(not torch.equal(a.movedim(at, 0)[1:], b.movedim(at, 0)[1:]) for a, b in same) or not same


def _first_of(other: Batch, one: Batch, at: int) -> Batch:
    """A batch whose first input alone is another's."""
    values: list[torch.Tensor] = []

    def keep(value: torch.Tensor) -> torch.Tensor:
        values.append(value)
        return value

    other.mapped(keep)
    rest = iter(values)

    def change(value: torch.Tensor) -> torch.Tensor:
        new, value = next(rest), value.clone()
        if value.dim() > at and value.shape[at] == SIZE:
            value.movedim(at, 0)[0] = new.movedim(at, 0)[0]
        return value

    return one.mapped(change)


def _without_values(model: nn.Module) -> nn.Module | None:
    """A copy that fails as the model does, and at once; None where there is none."""
    with contextlib.suppress(Exception):
        return copy.deepcopy(model).to("meta")
    return None


def attempt(model: nn.Module, specs: Specs, products: list[int] | None = None) -> Failure | None:
    """None where the forward takes these, else the first line of what it raises; ``products`` counts multiplications
    with the layers' weights."""
    done = 0

    def finished(layer: nn.Module, _: object, output: object) -> None:
        nonlocal done
        done += 1
        weight = layer._parameters.get("weight")
        if products is not None and weight is not None and weight.dim() > 1 and isinstance(output, torch.Tensor):
            products[0] += output.numel() * weight[0].numel()

    handle = register_module_forward_hook(finished)
    try:
        batch = batch_on(made(specs), where(model))
        with torch.no_grad(), torch.random.fork_rng(devices=()), running(model):
            model(*batch.args, **batch.kwargs)
    except Exception as error:
        text = f"{type(error).__name__}: {(str(error) or '?').strip().splitlines()[0][:300]}"
        return Failure(text, done, blamed(model, error.__traceback__))
    finally:
        handle.remove()
    return None


# -- what an error says


def _changed(model: nn.Module, specs: Specs, failure: Failure, argument: Argument) -> Iterator[Specs]:
    """First the arguments that the line which raised has to do with."""
    for names in dict.fromkeys((failure.blamed, tuple(each.name for each in specs))):
        for hint in hints(failure.text):
            yield from _by_hint(model, specs, hint, names, argument)


def _by_hint(model: nn.Module, specs: Specs, hint: Hint, names: tuple[str, ...], argument: Argument) -> Iterator[Specs]:
    if hint.kind == "size":
        yield from _parts(specs, hint)
    for index, spec in enumerate(specs):
        if spec.name in names:
            for old, changed in _each(model, spec, hint):
                alike = tuple(each.changed(partial(_as, old, changed)) for each in specs)
                one = (*specs[:index], _swapped(spec, old, changed), *specs[index + 1 :])
                if alike != one:  # inputs of one shape are likely to keep one
                    yield alike
                yield one
    if hint.kind == "optional" and specs:
        given = {each.name for each in specs}
        wanted = [name for name in names if name not in given]
        if wanted:  # what the line that raised speaks of
            yield (*specs, *(_told(model, name, argument) for name in wanted))
        for name in optional_arguments(model):
            if guesses.STATES.search(name) and all(name != each.name for each in specs):
                yield (*specs, argument(name) or replace(specs[0], name=name))
    if hint.kind == "argument" and hint.text in arguments_of(model):
        if all(hint.text != each.name for each in specs):
            yield (*specs, argument(hint.text) or guess(hint.text, next(shapes(model))))


def _told(model: nn.Module, name: str, argument: Argument) -> Spec:
    said = guesses.told(model, name)
    return said if said.name in reading(model).takes else argument(name) or said


def _each(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[tuple[Spec, Spec]]:
    """Other values for an argument, or for what is looked up in it."""
    for part in spec.parts:
        yield from _each(model, part, hint)
    change = _CHANGES.get(hint.kind)
    if change is not None and spec.plain:
        for changed in change(model, spec, hint):
            yield spec, changed


def _as(old: Spec, new: Spec, spec: Spec) -> Spec | None:
    """As another one that was like it has become."""
    return replace(new, name=spec.name) if replace(spec, name=old.name) == old else None


def _swapped(spec: Spec, old: Spec, new: Spec) -> Spec:
    return spec.changed(lambda one: new if one is old else None)


def _parts(specs: Specs, hint: Hint) -> Iterator[Specs]:
    """Several arguments whose sizes together are ``have``, as where a state and an action are put side by side."""
    joined = [each for each in specs if each.shape and not each.classes and not each.mask and not each.absent]
    sizes = [each.shape[-1] for each in joined]
    if len(joined) > 1 and sum(sizes) == hint.have and all(size * hint.want % hint.have == 0 for size in sizes):
        yield tuple(
            replace(each, shape=(*each.shape[:-1], each.shape[-1] * hint.want // hint.have)) if each in joined else each
            for each in specs
        )


def _size(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    """A size is ``have`` and should be ``want``; it may also be what many positions have become."""
    have, want = hint.have, hint.want
    for index, size in enumerate(spec.shape):
        if size == have:
            yield replace(spec, shape=(*spec.shape[:index], want, *spec.shape[index + 1 :]))
    if len(spec.shape) > 1 and have and not spec.classes:
        places = len(spec.shape) - 1
        scale = (want / have) ** (1 / places)
        sides = tuple(max(1, round(size * scale)) for size in spec.shape[1:])
        for share in (1, *((0.75, 0.875, 0.625) if want < have else ())):  # what has no padding shrinks by more
            near = tuple(max(1, round(size * share)) for size in spec.shape[1:]) if share < 1 else sides
            if near != spec.shape[1:]:
                yield replace(spec, shape=(spec.shape[0], *near))
        step = want - have
        if places > 1 and 0 < abs(step) <= 4:  # a class token among the positions
            yield replace(spec, shape=(spec.shape[0], *[size + step for size in spec.shape[1:]]))
    if len(spec.shape) == 1 and not spec.classes and spec.shape[0] != want:
        yield replace(spec, shape=(want,))
    if spec.classes and spec.shape and have:
        yield replace(spec, shape=(max(1, spec.shape[0] * want // have), *spec.shape[1:]))


def _channels(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    for index, size in enumerate(spec.shape):
        if size == hint.have:
            yield replace(spec, shape=(*spec.shape[:index], hint.want, *spec.shape[index + 1 :]))
    if spec.shape:
        yield replace(spec, shape=(hint.want, *spec.shape[1:]))


def _rank(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    want = hint.want - 1 - bool(spec.many)
    shape = spec.shape
    if want < 0 or len(shape) == want:
        return
    if want < len(shape):
        yield replace(spec, shape=shape[len(shape) - want :])
        yield replace(spec, shape=shape[:want])
        return
    missing = want - len(shape)
    if not shape:
        yield from (replace(each, name=spec.name) for each in shapes(model) if len(each.shape) == want)
    elif len(shape) == 1:
        yield replace(spec, shape=(*[LENGTH] * missing, *shape))
        yield replace(spec, shape=(*shape, *[SIDE] * missing))
        yield replace(spec, shape=(3, *[SIDE] * (want - 1)))
    else:
        yield replace(spec, shape=(*[1] * missing, *shape))
        yield replace(spec, shape=(*shape, *[shape[-1]] * missing))


def _whole(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if not spec.classes:
        tables = [each.num_embeddings for each in model.modules() if isinstance(each, nn.Embedding)]
        yield Spec(spec.name, spec.shape if len(spec.shape) == 1 else (LENGTH,), min(tables, default=10))
        yield Spec(spec.name, (), min(tables, default=10))


def _real(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if spec.classes or spec.mask:
        for option in shapes(model):
            if not option.classes:
                yield replace(option, name=spec.name)
        yield Spec(spec.name, spec.shape)


def _fewer(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if spec.classes > 2:
        yield replace(spec, classes=max(2, spec.classes // 2))
        yield replace(spec, shape=tuple(max(1, size // 2) for size in spec.shape))


def _larger(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if len(spec.shape) > 1 and not spec.classes and spec.shape[-1] < 512:
        yield replace(spec, shape=(spec.shape[0], *[size * 2 for size in spec.shape[1:]]))
    elif spec.classes and spec.shape:
        yield replace(spec, shape=(spec.shape[0] * 2, *spec.shape[1:]))


def _sides(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if len(spec.shape) > 1 and not spec.classes:
        yield replace(spec, shape=(spec.shape[0], *[hint.want] * (len(spec.shape) - 1)))


def _length(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if len(spec.shape) > 2:
        yield from _sides(model, spec, hint)
    elif spec.shape and (len(spec.shape) == 2 or spec.classes or spec.mask) and spec.shape[0] != hint.want:
        yield replace(spec, shape=(hint.want, *spec.shape[1:]))


def _listed(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if not spec.many:
        yield replace(spec, many=2)
    else:
        yield replace(spec, many=0)
        if spec.many < 4:
            yield replace(spec, many=spec.many + 1)


def _turned(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if len(spec.shape) == 2:
        yield replace(spec, shape=spec.shape[::-1])
    if len(spec.shape) >= 1:
        yield replace(spec, batch_at=0 if spec.batch_at else 1)


def _number(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    yield Spec(spec.name, (), number=LENGTH)


_CHANGES: dict[str, Callable[[nn.Module, Spec, Hint], Iterator[Spec]]] = {
    "size": _size, "channels": _channels, "rank": _rank, "whole": _whole, "real": _real, "fewer": _fewer,
    "larger": _larger, "side": _sides, "turn": _turned, "list": _listed, "number": _number, "length": _length,
}  # fmt: skip


def optional_arguments(model: nn.Module) -> list[str]:
    """The names of the forward's arguments that are None unless they are given."""
    parameters = inspect.signature(model.forward).parameters.values()
    return [each.name for each in parameters if each.default is None]


def arguments_of(model: nn.Module, required: bool = False) -> list[str]:
    """The names of the forward's arguments, or of those without a default; none where it does not tell."""
    try:
        parameters = inspect.signature(model.forward).parameters.values()
    except (TypeError, ValueError):
        return []
    named = [each for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
    return [each.name for each in named if not required or each.default is each.empty]
