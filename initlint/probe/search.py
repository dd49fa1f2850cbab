"""Finds a batch that a model takes: guesses from its first layers and its forward's signature, then reads errors."""

from __future__ import annotations

import contextlib
import copy
import inspect
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import nn

from initlint.probe.batch import SIZE, Batch, signal, tokens
from initlint.probe.device import batch_on, running, where
from initlint.probe.errors import Hint, hints

_TRIES = 60
# So many changes lead from a first guess to what is tried; more lead astray.
_CHANGED = 5
# Of all tries, in seconds of processor time.
_SECONDS = 12.0
# Seconds. What fails that late is tried without values first.
_SLOW = 0.3
_OF_META = re.compile(r"meta|item\(\)|NotImplementedError")
_SIDE, _LENGTH = 64, 16


@dataclass(frozen=True, slots=True)
class Spec:
    """One argument of the forward: numbers, ``classes`` > 0 kinds of tokens, a ``mask`` of ones, or None
    (``absent``); ``many`` > 0 of them in a list. ``shape`` is that of one input; ``batch_at`` where the inputs are
    counted. ``special`` tokens are not drawn; ``last``, where it is one, ends each text. ``number`` > 0 is a plain one.
    A name ``*0`` stands for the first argument of a forward that names none."""

    name: str
    shape: tuple[int, ...]
    classes: int = 0
    mask: bool = False
    batch_at: int = 0
    absent: bool = False
    many: int = 0
    special: tuple[int, ...] = ()
    last: int = -1
    number: int = 0

    def make(self, size: int = SIZE) -> torch.Tensor | list[torch.Tensor] | int | None:
        """Values of that kind; None for an argument that is left out."""
        if self.absent:
            return None
        if self.number:
            return self.number
        return [self._one(size) for _ in range(self.many)] if self.many else self._one(size)

    def _one(self, size: int) -> torch.Tensor:
        shape = (size, *self.shape)
        if self.mask:
            made = torch.ones(shape)
        elif self.classes:
            made = self._text(shape)
        else:
            made = signal(shape)
        return made.movedim(0, self.batch_at) if self.batch_at else made

    def _text(self, shape: tuple[int, ...]) -> torch.Tensor:
        plain = [each for each in range(self.classes) if each not in self.special and each != self.last]
        if not plain or len(plain) == self.classes:
            return tokens(shape, self.classes)
        made = torch.tensor(plain)[tokens(shape, len(plain))]
        if 0 <= self.last < self.classes and len(shape) > 1:
            made[..., -1] = self.last
        return made

    def __str__(self) -> str:
        if self.absent:
            return f"{self.name} None"
        if self.number:
            return f"{self.name} {self.number}"
        kind = f" of {self.classes} tokens" if self.classes else ""
        count = f"{self.many} of " if self.many else ""
        return f"{self.name} {count}{'×'.join(map(str, ('batch', *self.shape)))}{kind}"


Specs = tuple[Spec, ...]


def made(specs: Specs, size: int = SIZE) -> Batch:
    """A batch of these arguments."""
    args = tuple(each.make(size) for each in specs if not each.name.isidentifier())
    return Batch(args, {each.name: each.make(size) for each in specs if each.name.isidentifier()}, size)


Argument = Callable[[str], Spec | None]


def search(
    model: nn.Module, tried: list[str], known: Sequence[Specs] = (), argument: Argument = lambda name: None
) -> Specs | None:
    """The arguments that the forward takes, or None; ``tried`` is told what was given and what came of it. What is
    ``known`` of them already comes first; ``argument`` may know a single one by its name."""
    own, others = list(_own_shapes(model)), list(_SHAPES)
    first = [(specs, 0) for specs in (*known, *_starts(model, own or others))]
    last = [(specs, 0) for specs in _starts(model, others)]
    changed: list[tuple[Specs, int]] = []
    seen: set[Specs] = set()
    twin: nn.Module | None = None
    until = time.process_time() + _SECONDS
    while (first or changed or last) and len(seen) < _TRIES and time.process_time() < until:
        specs, changes = (first or changed or last).pop(0)
        if specs in seen:
            continue
        seen.add(specs)
        error = attempt(twin, specs) if twin is not None else None
        if error is None or _OF_META.search(error):
            start = time.perf_counter()
            error = attempt(model, specs)
            if twin is None and error is not None and time.perf_counter() - start > _SLOW:
                twin = _without_values(model)
        if error is None:
            return specs
        tried.append(f"{', '.join(map(str, specs)) or 'no arguments'}: {error}")
        if changes < _CHANGED:
            changed = [*((each, changes + 1) for each in _changed(model, specs, hints(error), argument)), *changed]
    return None


def _without_values(model: nn.Module) -> nn.Module | None:
    """A copy that fails as the model does, and at once; None where there is none."""
    with contextlib.suppress(Exception):
        return copy.deepcopy(model).to("meta")
    return None


def attempt(model: nn.Module, specs: Specs) -> str | None:
    """None where the forward takes these, else the first line of what it raises."""
    try:
        batch = batch_on(made(specs), where(model))
        with torch.no_grad(), torch.random.fork_rng(devices=()), running(model):
            model(*batch.args, **batch.kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {(str(error) or '?').strip().splitlines()[0][:300]}"
    return None


# -- the first guesses


def _starts(model: nn.Module, options: list[Spec]) -> Iterator[Specs]:
    required = list(_required(model))
    if not required:
        yield ()
        return
    first = options[0]
    for option in options:
        yield tuple(
            _guess(name, option if index == 0 or name in _LIKE_FIRST else first) for index, name in enumerate(required)
        )
    if len(required) > 1:
        for option in options[:4]:
            yield (_guess(required[0], option), *(Spec(name, (), absent=True) for name in required[1:]))


def _required(model: nn.Module) -> Iterator[str]:
    try:
        parameters = inspect.signature(model.forward).parameters.values()
    except (TypeError, ValueError):
        yield "x"
        return
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    found = [each.name for each in parameters if each.kind in plain and each.default is inspect.Parameter.empty]
    optional = [each.name for each in parameters if each.kind in plain and each.default is not inspect.Parameter.empty]
    first = found or optional[:1]
    yield from first or ["*0" for each in parameters if each.kind is each.VAR_POSITIONAL]


# Optional arguments without which some forwards do not run.
_STATES = re.compile(r"(^|_)(hidden_states?|key_value_states|context|memory|cond|condition|cross|states?)$")
_LIKE_FIRST = frozenset({"y", "x2", "target", "context", "memory", "tgt", "key", "value", "k", "v", "other"})
_IDS = re.compile(r"(^|_)(ids?|idx|tokens?|tok|indices|input_ids|labels?|words?|seq|text)($|_)")
_MASK = re.compile(r"mask")
_LISTS = re.compile(r"^(history|xs|hidden_states_list|tensors|inputs_list|embeds_list)$")
_TIME = re.compile(r"^(t|ts|time|times|timesteps?|sigma|noise_level)$")


def _guess(name: str, option: Spec) -> Spec:
    if _MASK.search(name):
        return Spec(name, option.shape[:1], mask=True)
    if _LISTS.search(name) and not option.classes:
        return replace(option, name=name, many=2)
    if _TIME.search(name):
        return Spec(name, (), classes=10)
    if _IDS.search(name) and not option.classes:
        return Spec(name, (_LENGTH,), classes=10)
    return replace(option, name=name)


def _shapes(model: nn.Module) -> Iterator[Spec]:
    yield from _own_shapes(model)
    yield from _SHAPES


def _own_shapes(model: nn.Module) -> Iterator[Spec]:
    """Shapes by the layers in the order in which they are registered, the first one first."""
    seen: set[Spec] = set()
    for module in model.modules():
        for spec in _of_module(module):
            if spec not in seen and len(seen) < 6:
                seen.add(spec)
                yield spec


# What people use.
_SHAPES = (
    *(Spec("x", shape) for shape in ((3, 64, 64), (1, 28, 28), (32,), (16, 32), (3, 224, 224), (1, 64))),
    Spec("x", (3, 16, 32, 32)),
    Spec("x", (_LENGTH,), classes=10),
)


def _of_module(module: nn.Module) -> Iterator[Spec]:
    sides = {1: _SIDE, 2: _SIDE, 3: 16}
    if isinstance(module, nn.modules.conv._ConvNd):
        rank = len(module.kernel_size)
        side = sides[rank] if module.in_channels <= 4 else sides[rank] // 2
        yield Spec("x", (module.in_channels, *[side] * rank))
    elif isinstance(module, nn.Linear):
        yield Spec("x", (module.in_features,))
        yield Spec("x", (_LENGTH, module.in_features))
    elif isinstance(module, (nn.Embedding, nn.EmbeddingBag)):
        yield Spec("x", (_LENGTH,), classes=module.num_embeddings)
    elif isinstance(module, nn.RNNBase):
        yield Spec("x", (_LENGTH, module.input_size), batch_at=0 if module.batch_first else 1)
    elif isinstance(module, nn.MultiheadAttention):
        yield Spec("x", (_LENGTH, module.embed_dim), batch_at=0 if module.batch_first else 1)
    elif isinstance(module, nn.modules.batchnorm._BatchNorm):
        yield Spec("x", (module.num_features,))


# -- what an error says


def _changed(model: nn.Module, specs: Specs, found: list[Hint], argument: Argument) -> Iterator[Specs]:
    for hint in found:
        if hint.kind == "size":
            yield from _parts(specs, hint)
        for index in range(len(specs)):
            for changed in _apply(model, specs[index], hint):
                yield (*specs[:index], changed, *specs[index + 1 :])
        if hint.kind == "optional" and specs:
            for name in optional_arguments(model):
                if _STATES.search(name) and all(name != each.name for each in specs):
                    yield (*specs, argument(name) or replace(specs[0], name=name))
        if hint.kind == "argument" and hint.text in arguments_of(model):
            if all(hint.text != each.name for each in specs):
                yield (*specs, argument(hint.text) or _guess(hint.text, next(_shapes(model))))


def _parts(specs: Specs, hint: Hint) -> Iterator[Specs]:
    """Several arguments whose sizes together are ``have``, as where a state and an action are put side by side."""
    joined = [each for each in specs if each.shape and not each.classes and not each.mask and not each.absent]
    sizes = [each.shape[-1] for each in joined]
    if len(joined) > 1 and sum(sizes) == hint.have and all(size * hint.want % hint.have == 0 for size in sizes):
        yield tuple(
            replace(each, shape=(*each.shape[:-1], each.shape[-1] * hint.want // hint.have)) if each in joined else each
            for each in specs
        )


def _apply(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    change = _CHANGES.get(hint.kind)
    if change is not None and not spec.absent and not spec.number:
        yield from change(model, spec, hint)


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
        if sides != spec.shape[1:]:
            yield replace(spec, shape=(spec.shape[0], *sides))
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
    if len(shape) == 1:
        yield replace(spec, shape=(*[_LENGTH] * missing, *shape))
        yield replace(spec, shape=(*shape, *[_SIDE] * missing))
        yield replace(spec, shape=(3, *[_SIDE] * (want - 1)))
    else:
        yield replace(spec, shape=(*[1] * missing, *shape))
        yield replace(spec, shape=(*shape, *[shape[-1]] * missing))


def _whole(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if not spec.classes:
        tables = [each.num_embeddings for each in model.modules() if isinstance(each, nn.Embedding)]
        yield Spec(spec.name, spec.shape if len(spec.shape) == 1 else (_LENGTH,), min(tables, default=10))
        yield Spec(spec.name, (), min(tables, default=10))


def _real(model: nn.Module, spec: Spec, hint: Hint) -> Iterator[Spec]:
    if spec.classes or spec.mask:
        for option in _shapes(model):
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
    yield Spec(spec.name, (), number=_LENGTH)


_CHANGES: dict[str, Callable[[nn.Module, Spec, Hint], Iterator[Spec]]] = {
    "size": _size, "channels": _channels, "rank": _rank, "whole": _whole, "real": _real, "fewer": _fewer,
    "larger": _larger, "side": _sides, "turn": _turned, "list": _listed, "number": _number,
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
