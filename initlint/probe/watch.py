"""Watches one forward and backward: what each layer, activation and residual sum does to the signal.

No hook is put on the model: modules are followed by torch's global hooks, and functions by a TorchFunctionMode, so a
``F.relu`` or a product with a bare parameter counts as much as a module.
"""

from __future__ import annotations

import math
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.overrides import TorchFunctionMode

from initlint.ir.measured import Activation, Layer, Sum
from initlint.ir.place import Span
from initlint.probe import ops
from initlint.probe.inside import tensors
from initlint.probe.lines import Project
from initlint.probe.moments import Moments, by_input, histogram, moments

_NOTHING = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a value comes from. ``driven``: it depends on the model's inputs. ``layers``: the nearest layers before it.
    ``weight``: it is that parameter, or made of it alone. ``activations``: those since the last layer. ``total``: the
    last sum of its residual stream. ``normed``: a norm stands since the last layer. ``channels``: where its units
    lie."""

    driven: bool = False
    layers: frozenset[int] = _NOTHING
    weight: str = ""
    activations: frozenset[int] = _NOTHING
    total: int | None = None
    normed: bool = False
    channels: int = -1


@dataclass(slots=True)
class Seen:
    """What a pass left behind. ``units`` says of each weight along which dimension its units lie; those of tables and
    of grouped convolutions are no copies of each other even where they are equal."""

    layers: list[Layer]
    activations: list[Activation]
    sums: list[Sum]
    used: set[str]
    strays: dict[int, tuple[str, Span | None]]
    units: dict[str, int]
    bad: str = ""
    bad_at: Span | None = None


class Watcher(TorchFunctionMode):
    """Follows values through a forward; :meth:`seen` tells what it saw, after the backward with gradients."""

    def __init__(self, model: nn.Module, batch: int, project: Project) -> None:
        super().__init__()
        self.batch = batch
        self.project = project
        self.names = {id(module): path for path, module in model.named_modules()}
        self.parameters = {id(tensor): name for name, tensor in model.named_parameters()}
        self.shapes = {name: tuple(tensor.shape) for name, tensor in model.named_parameters()}
        self.registered = set(self.parameters) | {id(each) for each in model.buffers()}
        self.path: list[str] = []
        self.running: list[nn.Module] = []
        self.trails: dict[int, tuple[weakref.ref[torch.Tensor], Trail]] = {}
        self.histograms = True
        self.result = Seen([], [], [], set(), {}, {})
        self.gradients: dict[int, tuple[float, float]] = {}

    # -- weights that are there for a while

    def know(self, name: str, weight: torch.Tensor) -> None:
        """A tensor is the parameter of that name, until it is forgotten."""
        self.parameters[id(weight)] = name
        self.registered.add(id(weight))

    def forget(self, weight: torch.Tensor) -> None:
        """It is about to go; another may get its number."""
        self.parameters.pop(id(weight), None)
        self.registered.discard(id(weight))

    def count(self) -> tuple[int, int, int]:
        """How many layers, activations and sums there are so far."""
        return len(self.result.layers), len(self.result.activations), len(self.result.sums)

    @contextmanager
    def again(self, since: tuple[int, int, int]) -> Iterator[None]:
        """Watch what ran once more, from that count on: of what is seen only the gradients count."""
        whole, kept = self.result, self.histograms
        layers, activations, sums = since
        self.result = Seen(
            whole.layers[:layers], whole.activations[:activations], whole.sums[:sums], set(), {}, {}, bad="again"
        )
        self.histograms = False
        try:
            with self.watching():
                yield
        finally:
            self.result, self.histograms = whole, kept

    # -- trails

    def mark(self, tensor: torch.Tensor, trail: Trail) -> None:
        """Say where a value comes from."""
        self.trails[id(tensor)] = (weakref.ref(tensor), trail)

    def trail(self, tensor: torch.Tensor) -> Trail:
        """Where it comes from; nothing is known of what was there before the pass."""
        name = self.parameters.get(id(tensor)) or self._held(tensor)
        if name:
            return Trail(weight=name)
        known = self.trails.get(id(tensor))
        return known[1] if known is not None and known[0]() is tensor else Trail()

    def _held(self, tensor: torch.Tensor) -> str:
        """Its name, where it stands for a parameter of the modules that are running (as a whole one for a sharded one,
        https://docs.pytorch.org/docs/stable/distributed.fsdp.fully_shard.html)."""
        if isinstance(tensor, nn.Parameter) and tensor.requires_grad:
            for path, module in zip(reversed(self.path), reversed(self.running)):
                for name, each in module._parameters.items():
                    if each is tensor and (found := f"{path}.{name}" if path else name) in self.shapes:
                        return found
        return ""

    # -- functions

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the function and record it."""
        kwargs = kwargs or {}
        name = getattr(function, "__name__", "")
        if name in ops.QUESTIONS:
            return function(*args, **kwargs)
        if name in ops.DROPOUTS and args:  # a mask for each input would look like signal
            kept = args[0] if name.endswith("_") or kwargs.get("inplace") else args[0].clone()
            self.mark(kept, self.trail(args[0]))
            return kept
        if name == "scaled_dot_product_attention" and len(args) <= 4:
            kwargs = {**kwargs, "dropout_p": 0.0}
        given = list(tensors((args, kwargs)))
        trails = [self.trail(each) for each in given]
        before = self._entering(name, args, kwargs, given, trails)
        result = function(*args, **kwargs)
        made = [each for each in tensors(result) if each.dtype != torch.bool]
        if made:
            self._record(name, given, trails, before, made)
        return result

    def _entering(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], given: list[torch.Tensor], trails: list[Trail]
    ) -> tuple[torch.Tensor | None, Trail, str] | None:
        """For a function that applies a weight: its input, where that comes from, and the weight's name."""
        weights = [trail.weight for trail in trails if trail.weight]
        if name in ops.WEIGHTED:
            at, weight_at = ops.WEIGHTED[name]
            weight = args[weight_at] if len(args) > weight_at else kwargs.get("weight", kwargs.get("in_proj_weight"))
            value = args[at] if len(args) > at else kwargs.get("input", kwargs.get("query"))
            if not isinstance(weight, torch.Tensor) and weights:
                return (value if isinstance(value, torch.Tensor) else None), Trail(driven=True), weights[0]
            if isinstance(weight, torch.Tensor) and isinstance(value, torch.Tensor):
                own = self.trail(weight).weight or self._stray(weight)
                return (value, self.trail(value), own) if own else None
            return None
        if name in ops.RECURRENT and weights:
            return (given[0], trails[0], weights[0]) if given else None
        if name in ops.PRODUCTS:
            inputs = [pair for pair in zip(given, trails) if not pair[1].weight]
            if weights and inputs:
                return inputs[0][0], inputs[0][1], weights[0]
        return None

    def _stray(self, weight: torch.Tensor) -> str:
        """A weight that asks for a gradient but isn't registered: the optimiser never gets it."""
        if weight.is_leaf and weight.requires_grad and id(weight) not in self.registered:
            where = self.path[-1] if self.path else ""
            self.result.strays.setdefault(id(weight), (where, self._at()))
        return ""

    def _record(
        self, name: str, given: list[torch.Tensor], trails: list[Trail],
        before: tuple[torch.Tensor | None, Trail, str] | None, made: list[torch.Tensor],
    ) -> None:  # fmt: skip
        for trail in trails:
            if trail.weight:
                self.result.used.add(trail.weight)
        out = made[0]
        floats = out.is_floating_point()
        if before is not None:
            trail = self._layer(name, before, out, trails)
        else:
            trail = self._joined(trails)
            if trail.driven and floats:
                trail = self._step(name, trail, given, trails, out)
        for each in made:
            if trail.driven or trail.weight or trail.layers:
                self.mark(each, trail)
        if floats and not self.result.bad and trail.driven and self._bad(name, out):
            self.result.bad, self.result.bad_at = self._here(name), self._at()

    @staticmethod
    def _bad(name: str, out: torch.Tensor) -> bool:
        """NaN, or an infinity that is no mask."""
        values = out.detach()
        return bool(values.isnan().any()) or (name not in ops.MASKS and bool((values == math.inf).any()))

    def _joined(self, trails: Iterable[Trail]) -> Trail:
        trails = list(trails)
        driven = any(each.driven for each in trails)
        layers = _NOTHING.union(*(each.layers for each in trails))
        weights = [each.weight for each in trails if each.weight]
        totals = [each.total for each in trails if each.total is not None]
        live = [each for each in trails if each.driven]
        return Trail(
            driven=driven,
            layers=layers,
            weight=weights[0] if weights and not driven and not layers else "",
            activations=_NOTHING.union(*(each.activations for each in trails)),
            total=max(totals) if totals else None,
            normed=bool(live) and all(each.normed for each in live),
            channels=live[0].channels if live else -1,
        )

    def _step(
        self, name: str, trail: Trail, given: list[torch.Tensor], trails: list[Trail], out: torch.Tensor
    ) -> Trail:
        if name in ops.ACTIVATIONS:
            found = self._activation(name, trail, out)
            return replace(trail, activations=trail.activations | {found}) if found is not None else trail
        if name in ops.NORMS:
            return replace(trail, total=None, normed=True)
        live = [index for index, each in enumerate(trails) if each.driven]
        if name in ops.SUMS and len(live) == 2 and given[live[0]].shape == given[live[1]].shape == out.shape:
            if trails[live[0]].layers != trails[live[1]].layers:
                size = moments(out, self.batch)
                second = size.second if size is not None else math.nan
                self.result.sums.append(Sum(self._here(name), second, trail.total, self._at()))
                return replace(trail, total=len(self.result.sums) - 1)
        if len(live) > 1:
            return replace(trail, total=None)
        return trail

    def _layer(
        self, name: str, before: tuple[torch.Tensor | None, Trail, str], out: torch.Tensor, trails: list[Trail]
    ) -> Trail:
        value, source, weight = before
        everything = self._joined(trails)
        driven = everything.driven or source.driven
        number = len(self.result.layers)
        self._note_units(name, weight, value)
        entering = moments(value, self.batch) if value is not None else None
        leaving = moments(out, self.batch) or Moments(math.nan, math.nan, math.nan)
        self.result.layers.append(
            Layer(
                number=number,
                name=self.path[-1] if self.path else "",
                kind=name,
                weight=weight,
                shape=tuple(out.shape),
                reads=tuple(sorted(everything.layers)),
                driven=driven,
                entering=entering.across if entering is not None else math.nan,
                across=leaving.across,
                second=leaving.second,
                mean=leaving.mean,
                normed=source.normed,
                at=self._at(),
                bins=histogram(out) if self.histograms else (),
            )
        )
        for index in everything.activations:
            self.result.activations[index] = replace(self.result.activations[index], hidden=True)
        if out.requires_grad:
            out.register_hook(self._gradient(number))  # type: ignore[no-untyped-call]
        channels = 1 if name.startswith("conv") else -1
        return Trail(driven=driven, layers=frozenset({number}), channels=channels)

    def _note_units(self, name: str, weight: str, value: torch.Tensor | None) -> None:
        shape = self.shapes.get(weight, ())
        if name in ops.TABLES or len(shape) < 2:
            return
        if name.startswith("conv"):
            grouped = value is None or value.shape[-len(shape) + 1] != shape["transpose" not in name]
            if not grouped:
                self.result.units[weight] = 1 if "transpose" in name else 0
        elif name in ops.PRODUCTS:
            if len(shape) == 2:
                self.result.units[weight] = 1
        else:
            self.result.units[weight] = 0

    def _gradient(self, number: int) -> Callable[[torch.Tensor | None], None]:
        def hook(gradient: torch.Tensor | None) -> None:
            if gradient is None:  # of what another output of the same call alone goes on from, as an LSTM's state
                return
            values = gradient.detach()
            square = values.square()
            self.gradients[number] = (float(square.mean().sqrt()), float((square.sum() / self.batch).sqrt()))

        return hook

    def _activation(self, name: str, trail: Trail, out: torch.Tensor) -> int | None:
        values = out.detach()
        dead = low = high = 0.0
        units = 0
        if name in ops.CUTTING:
            channels = trail.channels if values.dim() > 2 else -1
            alive = values.movedim(channels, 0).reshape(values.shape[channels], -1).ne(0).any(dim=1)
            units, dead = alive.numel(), 1.0 - float(alive.float().mean())
        elif name in ops.SQUASHING:
            left, right = ops.SQUASHING[name]
            low, high = float((values < left).float().mean()), float((values > right).float().mean())
        behind = max(trail.layers, default=None)
        self.result.activations.append(
            Activation(self._here(name), name.rstrip("_"), units, dead, low, high, behind, at=self._at())
        )
        return len(self.result.activations) - 1

    # -- places

    def _here(self, name: str) -> str:
        return self.path[-1] if self.path and self.path[-1] else name

    def _at(self) -> Span | None:
        return self.project.lines(sys._getframe(2))[0]

    # -- modules

    def _enter(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        self.path.append(self.names.get(id(module), self.path[-1] if self.path else ""))
        self.running.append(module)

    def _leave(self, module: nn.Module, args: tuple[Any, ...], output: Any) -> None:
        if self.path:
            self.path.pop()
            self.running.pop()
        # What a function of C++ returned has no trail yet.
        lost = [each for each in tensors(output) if id(each) not in self.trails and id(each) not in self.parameters]
        if lost:
            trail = self._joined([self.trail(each) for each in tensors(args)])
            for each in lost:
                if trail.driven:
                    self.mark(each, trail)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what runs inside."""
        handles = [
            register_module_forward_pre_hook(self._enter),
            register_module_forward_hook(self._leave, always_call=True),
        ]
        try:
            with self:
                yield
        finally:
            for handle in handles:
                handle.remove()

    def seen(self) -> Seen:
        """What was seen, each layer with what it feeds and its gradient."""
        feeds: dict[int, list[int]] = {}
        for layer in self.result.layers:
            for source in layer.reads:
                feeds.setdefault(source, []).append(layer.number)
        self.result.layers = [
            replace(
                layer,
                feeds=tuple(feeds.get(layer.number, ())),
                gradient=self.gradients.get(layer.number, (None, None))[0],
                flow=self.gradients.get(layer.number, (None, None))[1],
            )
            for layer in self.result.layers
        ]
        return self.result


__all__ = ["Seen", "Trail", "Watcher", "by_input"]
