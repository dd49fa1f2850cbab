"""A model that is in memory a block at a time: built without values, each block filled for as long as it runs.

The forward is one pass that keeps the activations at the blocks' borders. The backward fills each block again, repeats
its forward from these, and goes back through it (Chen et al. 2016, «Training deep nets with sublinear memory cost»).
What runs between the blocks is as it is in the model.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.utils._pytree import tree_flatten, tree_unflatten

from initlint.ir.measured import Tensor
from initlint.probe.batch import Batch
from initlint.probe.deferred import Deferred
from initlint.probe.lines import Project
from initlint.probe.measure import (
    Sizes,
    backward,
    distinct,
    facts_of,
    forward,
    size_of,
    step_of,
    train,
)
from initlint.probe.provenance import Recorder
from initlint.probe.state import State
from initlint.probe.watch import Seen, Trail, Watcher

# Relative: the same values in another order of summation.
_SAME = 1e-3
unwatched = torch._C.DisableTorchFunction
_Slot = tuple[dict[str, Any], str, torch.Tensor]


class Unrepeatable(Exception):
    """A block's forward does not give the same again."""


@dataclass(slots=True)
class Stream:
    """A model whose tensors have no values, as a :class:`initlint.probe.measure.Subject`. A block has at most ``limit``
    bytes of parameters, where its modules are that small.

    Small steps are made for constant weights and those with equal units alone, behind which something may sleep: what
    they become is kept, which for all weights would be another model."""

    model: nn.Module
    deferred: Deferred
    project: Project
    recorder: Recorder
    limit: int
    device: torch.device | None = None
    facts: dict[str, Tensor] = field(default_factory=dict)
    names: dict[int, str] = field(init=False)
    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[str, torch.Tensor] = field(default_factory=dict)
    sizes: Sizes = field(default_factory=dict)
    steps: dict[str, torch.Tensor] = field(default_factory=dict)
    watcher: Watcher = field(init=False)

    def __post_init__(self) -> None:
        train(self.model)
        self.names = {id(each): name for name, each in self.model.named_parameters()}

    def one_pass(self, batch: Batch, seed: int) -> tuple[Seen, list[torch.Tensor], Sizes | None]:
        """See :class:`initlint.probe.measure.Subject`."""
        self.watcher = watcher = Watcher(self.model, batch.size, self.project)
        self.sizes, self.steps = {}, {}
        parts = list(blocks(self.model, self.limit))
        inside = {id(module) for block in parts for module in block.modules()}
        rest = [module for module in self.model.modules() if id(module) not in inside]
        start = torch.zeros((), requires_grad=True)
        with self._filled(rest) as weights, self._running(parts, start):
            loss, outputs = forward(self.model, watcher, batch, seed)
            if loss is not None:
                wanted = {name: each for name, each in weights.items() if each.requires_grad}
                found = backward(loss, [start, *wanted.values()], watcher, outputs)
                self._note(wanted, found[1:])
        for module in self.model.modules():  # what did not run
            if any(name not in self.facts for _, _, each in _slots([module]) if (name := self.names.get(id(each)))):
                with self._filled([module]):
                    pass
        order = {name: at for at, name in enumerate(self.names.values())}
        self.facts = dict(sorted(self.facts.items(), key=lambda each: order[each[0]]))
        return watcher.seen(), outputs, self.sizes if loss is not None else None

    def units(self, name: str, dim: int, tolerance: float) -> int:
        """See :class:`initlint.probe.measure.Subject`."""
        if name in self.kept:
            return distinct(self.kept[name], dim, tolerance)
        return self.counts[name]

    def step(self) -> None:
        """See :class:`initlint.probe.measure.Subject`."""
        for name, step in self.steps.items():
            self.kept[name] = self.kept[name] - step

    # -- values for a while

    @contextmanager
    def _filled(self, modules: Sequence[nn.Module]) -> Iterator[dict[str, nn.Parameter]]:
        """The modules' own tensors have values; the parameters among them by name."""
        _give_back()
        slots = list(_slots(modules))
        empty = list({id(each): each for _, _, each in slots}.values())
        values = dict(zip(map(id, empty), self.deferred.real(empty, self.device)))
        weights: dict[str, nn.Parameter] = {}
        for each in empty:
            if isinstance(each, nn.Parameter):
                name = self.names[id(each)]
                value = self.kept.get(name, values[id(each)])
                weights[name] = values[id(each)] = nn.Parameter(value, each.requires_grad)
                self.watcher.know(name, weights[name])
                if name not in self.facts:
                    with unwatched():
                        self.facts[name] = facts_of(name, weights[name], self.recorder.writes(each))
        for table, key, each in slots:
            table[key] = values[id(each)]
        try:
            yield weights
        finally:
            for table, key, each in slots:
                table[key] = each
            for weight in weights.values():
                self.watcher.forget(weight)

    def _count(self, weights: Mapping[str, nn.Parameter]) -> None:
        """How many different units the weights make, as far as it is known along which dimension these lie."""
        with unwatched():
            self._count_units(weights)

    def _count_units(self, weights: Mapping[str, nn.Parameter]) -> None:
        for name, weight in weights.items():
            dim = self.watcher.result.units.get(name)
            if dim is not None and name not in self.counts:
                self.counts[name] = distinct(weight, dim, 0.0)
            equal = dim is not None and self.counts[name] < weight.shape[dim]
            if name not in self.kept and weight.requires_grad and (equal or self.facts[name].std == 0):
                self.kept[name] = weight.detach()

    def _note(self, weights: Mapping[str, nn.Parameter], gradients: Sequence[torch.Tensor | None]) -> None:
        self._count(weights)
        for (name, weight), gradient in zip(weights.items(), gradients):
            if gradient is not None:
                size = size_of(gradient)
                self.sizes[name] = (self.sizes.get(name, 0.0) ** 2 + size**2) ** 0.5
                if name in self.kept and size > 0:
                    self.steps[name] = self.steps.get(name, 0) + step_of(weight.detach(), gradient)

    # -- blocks

    @contextmanager
    def _running(self, parts: Sequence[nn.Module], start: torch.Tensor) -> Iterator[None]:
        """The blocks run filled."""
        own = [block.__dict__.get("forward") for block in parts]
        for block in parts:
            block.forward = self._through(block, block.forward, start)
        try:
            yield
        finally:
            for block, was in zip(parts, own):
                del block.forward
                if was is not None:
                    block.forward = was

    def _through(self, block: nn.Module, run: Callable[..., Any], start: torch.Tensor) -> Callable[..., Any]:
        def through(*args: Any, **kwargs: Any) -> Any:
            flat, shape = tree_flatten((args, kwargs))
            call = _Run(self, block, run, flat, shape)
            made: tuple[torch.Tensor, ...] = _Pass.apply(  # type: ignore[no-untyped-call]
                call, start, *(each for each in flat if isinstance(each, torch.Tensor))
            )
            trails = iter(zip(made, call.trails))
            whole = []
            for each in call.outputs:
                if each is not None:
                    whole.append(each.value)
                    continue
                tensor, trail = next(trails)
                self.watcher.mark(tensor, trail)
                whole.append(tensor)
            return tree_unflatten(whole, call.outputs_shape)

        return through


def _give_back() -> None:
    """What was freed goes back to the system, where the C library keeps it else (glibc)."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@dataclass(slots=True)
class _Run:
    """One run of a block: what it was given, and (after the forward) what it gave but for tensors."""

    stream: Stream
    block: nn.Module
    run: Callable[..., Any]
    flat: list[Any]
    shape: Any
    given: list[Trail] = field(default_factory=list)
    outputs: list[Any] = field(default_factory=list)
    outputs_shape: Any = None
    trails: list[Trail] = field(default_factory=list)
    since: tuple[int, int, int] = (0, 0, 0)
    state: State = field(init=False)
    sums: list[float] = field(default_factory=list)

    def forward(self) -> list[torch.Tensor]:
        """The output's tensors."""
        watcher = self.stream.watcher
        self.since, self.state = watcher.count(), State([*self.flat, self.block])
        self.given = [watcher.trail(each) for each in self.flat if isinstance(each, torch.Tensor)]
        with self.stream._filled(list(self.block.modules())) as weights:
            _, made = self._once(False)
            self.stream._count(weights)
        self.outputs = [None if isinstance(each, torch.Tensor) else _Kept(each) for each in made]
        found = [each for each in made if isinstance(each, torch.Tensor)]
        self.trails, self.sums = [watcher.trail(each) for each in found], _sums(found)
        return found

    def backward(self, gradients: Sequence[torch.Tensor | None]) -> list[torch.Tensor | None]:
        """The gradients of the tensors that it was given."""
        watcher = self.stream.watcher
        with self.stream._filled(list(self.block.modules())) as weights, torch.enable_grad():
            with watcher.again(self.since), self.state.back():
                leaves, made = self._once(True)
            found = [each for each in made if isinstance(each, torch.Tensor)]
            if not all(abs(a - b) <= _SAME * (abs(a) + 1) for a, b in zip(self.sums, _sums(found))):
                name = self.stream.watcher.names.get(id(self.block), "")
                raise Unrepeatable(f"`{name}` gives something else when it runs once more, for the backward")
            roots = [(each, gradient) for each, gradient in zip(found, gradients)
                     if gradient is not None and each.requires_grad]  # fmt: skip
            wanted = {name: each for name, each in weights.items() if each.requires_grad}
            asking = [each for each in leaves if each.requires_grad]
            inputs = [*asking, *wanted.values()]
            if not roots or not inputs:
                return [None] * len(leaves)
            values = torch.autograd.grad([root for root, _ in roots], inputs, [g for _, g in roots], allow_unused=True)
            self.stream._note(wanted, values[len(asking) :])
        own = dict(zip(map(id, asking), values))
        return [own.get(id(each)) for each in leaves]

    def _once(self, differentiable: bool) -> tuple[list[torch.Tensor], list[Any]]:
        """The block's inputs anew, and what it gives for them, flat."""
        trails = iter(self.given)
        leaves: list[torch.Tensor] = []
        flat = []
        for each in self.flat:
            if isinstance(each, torch.Tensor):
                leaf = each.detach()
                leaves.append(leaf.requires_grad_(differentiable and each.requires_grad))
                each = leaf.clone()  # it may be overwritten
                self.stream.watcher.mark(each, next(trails))
            flat.append(each)
        args, kwargs = tree_unflatten(flat, self.shape)
        made, self.outputs_shape = tree_flatten(self.run(*args, **kwargs))
        return leaves, made


def _sums(tensors: Sequence[torch.Tensor]) -> list[float]:
    """Something to know the same values by."""
    with unwatched():
        real = [(each if each.dtype != torch.bool else each.int()).detach().abs() for each in tensors]
        return [value if (value := float(each.double().mean())) == value else 0.0 for each in real if each.numel()]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Something that a block gave and is no tensor."""

    value: Any


class _Pass(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, call: _Run, start: torch.Tensor, *given: torch.Tensor) -> tuple[torch.Tensor, ...]:
        ctx.call = call
        ctx.set_materialize_grads(False)
        made = call.forward()
        ctx.mark_non_differentiable(*(each for each in made if not each.is_floating_point()))
        return tuple(made)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor | None) -> Any:
        return (None, None, *ctx.call.backward(gradients))


def blocks(module: nn.Module, limit: int) -> Iterator[nn.Module]:
    """The largest modules of at most so many bytes of parameters, and larger ones that have no parts."""
    size = sum(each.numel() * each.element_size() for each in module.parameters())
    runs = type(module).forward is not nn.Module.forward
    if runs and size and (size <= limit or not list(module.children())):
        yield module
    else:
        for child in module.children():
            yield from blocks(child, limit)


def _slots(modules: Sequence[nn.Module]) -> Iterator[_Slot]:
    """Where the tensors without values are that modules hold themselves."""
    for module in modules:
        for table in (module._parameters, module._buffers, module.__dict__):
            for key, value in list(table.items()):
                if isinstance(value, torch.Tensor) and value.is_meta:
                    yield table, key, value
