"""One seed's measurement of one model: forward, backward, and some small steps where something sleeps at first.

What is measured is a :class:`Subject`: a model in memory (:class:`Whole`), or one that is there a block at a time
(:class:`initlint.probe.stream.Stream`).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import torch
from torch import nn
from torch.nn import functional as F

from initlint.ir.measured import Layer, Run, Tensor, Write
from initlint.probe.batch import Batch
from initlint.probe.inside import sharded, tensors, whole
from initlint.probe.lines import Project
from initlint.probe.moments import histogram
from initlint.probe.provenance import Recorder
from initlint.probe.watch import Seen, Trail, Watcher

# A zero head lets its input's layers wake after one step, a zero gate behind it after two.
STEPS = 3
_STEP = 0.02
# Relative to a step: what differs by less is rounding.
_SAME = 1e-4
# Of a larger tensor only so many values are compared with those of others.
_COMPARED = 1_000_000
_ROUNDING = 1e-5
_DROPS = ("p", "drop_prob", "drop", "drop_rate", "survival_prob")
Sizes = dict[str, float]


class Subject(Protocol):
    """What can be measured."""

    facts: dict[str, Tensor]

    def one_pass(self, batch: Batch, seed: int) -> tuple[Seen, list[torch.Tensor], Sizes | None]:
        """Forward under watch, and backward of the loss, else of a random functional of the outputs. What was seen, the
        outputs, and the size of each parameter's gradient (None where no output depends on one).

        :raises Backward: the backward raised.
        :raises Exception: whatever the model raises.
        """

    def units(self, name: str, dim: int, tolerance: float) -> int:
        """How many different units that weight makes, which lie along that dimension."""

    def step(self) -> None:
        """Move the weights down the gradient of the last pass, each by a share of its own scale."""


@dataclass(slots=True)
class Whole:
    """A model in memory. Its weights, buffers and flags are changed (see :func:`initlint.probe.restore.preserved`)."""

    model: nn.Module
    project: Project
    recorder: Recorder | None = None
    weights: dict[str, nn.Parameter] = field(init=False)
    facts: dict[str, Tensor] = field(init=False)
    gradients: dict[str, torch.Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        train(self.model)
        known = self.recorder.writes if self.recorder is not None else lambda _: ()
        named = self.model.named_parameters()
        self.weights = {name: each for name, each in named if not nn.parameter.is_lazy(each)}
        self.facts = {name: facts_of(name, each, known(each)) for name, each in self.weights.items()}

    def one_pass(self, batch: Batch, seed: int) -> tuple[Seen, list[torch.Tensor], Sizes | None]:
        """See :class:`Subject`."""
        watcher = Watcher(self.model, batch.size, self.project)
        weights = {name: each for name, each in self.model.named_parameters() if each.requires_grad}
        loss, outputs = forward(self.model, watcher, batch, seed)
        if loss is None:
            return watcher.seen(), outputs, None
        found = backward(loss, list(weights.values()), watcher, outputs, into=sharded(self.model))
        self.gradients = {name: each.detach() for name, each in zip(weights, found) if each is not None}
        return watcher.seen(), outputs, {name: size_of(each) for name, each in self.gradients.items()}

    def units(self, name: str, dim: int, tolerance: float) -> int:
        """See :class:`Subject`."""
        return distinct(self.weights[name], dim, tolerance)

    def step(self) -> None:
        """See :class:`Subject`."""
        with torch.no_grad():
            for name, gradient in self.gradients.items():
                if size_of(gradient) > 0:
                    self.weights[name].sub_(step_of(self.weights[name], gradient))


class Backward(Exception):
    """The backward raised; what the forward gave is kept."""

    def __init__(self, why: str, seen: Seen, outputs: list[torch.Tensor]) -> None:
        super().__init__(why)
        self.seen, self.outputs = seen, outputs


def measure(subject: Subject, batch: Batch, seed: int) -> Run:
    """Measure.

    :raises Exception: whatever the model raises.
    """
    broken = ""
    try:
        seen, outputs, gradients = subject.one_pass(batch, seed)
    except Backward as error:
        seen, outputs, gradients, broken = error.seen, error.outputs, None, str(error)
    facts = subject.facts
    floats = [each for each in outputs if each.is_floating_point()]
    run = Run(
        seed=seed,
        tensors=(),
        layers=tuple(seen.layers),
        activations=tuple(seen.activations),
        sums=tuple(seen.sums),
        outputs=len(outputs),
        finite=all(bool(each.isfinite().all()) for each in floats),
        differentiable=gradients is not None,
        broken=broken,
        bad=seen.bad,
        bad_at=seen.bad_at,
        strays=tuple(seen.strays.values()),
    )
    dims = {name: dim for name, dim in seen.units.items() if name in facts}
    units = {name: subject.units(name, dim, 0.0) for name, dim in dims.items()}
    sleeping = gradients is not None and _sleeps(facts, seen, gradients)
    copies = any(count < facts[name].shape[dims[name]] for name, count in units.items())
    woken: Mapping[str, float] = {}
    if gradients is not None and run.finite and (sleeping or copies):
        woken, after = _steps(subject, batch, seed)
        if sleeping and after is not None and len(after.layers) == len(run.layers):
            run = replace(run, stepped=True, layers=tuple(map(_after, run.layers, after.layers)))
    parted = {name: subject.units(name, dim, _SAME) for name, dim in dims.items()}
    run = replace(run, **_loss(batch, outputs))
    return replace(
        run,
        tensors=tuple(
            replace(
                fact,
                units=fact.shape[dims[name]] if name in dims else 0,
                distinct=units.get(name, 0),
                parted=parted.get(name, 0),
                gradient=gradients.get(name) if gradients is not None else None,
                woken=woken.get(name),
                used=name in seen.used or (gradients is not None and name in gradients),
            )
            for name, fact in facts.items()
        ),
    )


def forward(
    model: nn.Module, watcher: Watcher, batch: Batch, seed: int
) -> tuple[torch.Tensor | None, list[torch.Tensor]]:
    """Run the model under watch; the loss (None where nothing has a gradient), and the outputs without it."""
    args, kwargs = batch.cloned()
    for each in tensors((args, kwargs)):
        watcher.mark(each, Trail(driven=True))
    torch.manual_seed(seed + 2000)
    with torch.enable_grad(), watcher.watching():
        output = model(*args, **kwargs)
    outputs = list(tensors(output))
    return _functional(batch, output, outputs, seed), [each.detach() for each in outputs]


def backward(
    loss: torch.Tensor, inputs: list[torch.Tensor], watcher: Watcher, outputs: list[torch.Tensor], into: bool = False
) -> tuple[torch.Tensor | None, ...]:
    """The gradients of the loss; by way of ``grad`` where they are put together ``into`` it from several processes.

    :raises Backward: it raised.
    """
    try:
        if into:
            for each in inputs:
                each.grad = None
            loss.backward()  # type: ignore[no-untyped-call]
            found = tuple(each.grad for each in inputs)
            for each in inputs:
                each.grad = None
            return found
        return torch.autograd.grad(loss, inputs, allow_unused=True)
    except RuntimeError as error:
        raise Backward(str(error).splitlines()[0], watcher.seen(), outputs) from None


def _functional(batch: Batch, output: Any, outputs: list[torch.Tensor], seed: int) -> torch.Tensor | None:
    live = [each for each in outputs if each.requires_grad]
    if not live:
        return None
    if batch.loss is not None:
        return batch.loss(output)
    generator = torch.Generator().manual_seed(seed + 3000)
    terms = []
    for each in {id(each): each for each in live}.values():
        value = torch.view_as_real(each) if each.is_complex() else each
        direction = torch.randn(value.shape, generator=generator, dtype=torch.float32)
        terms.append((value * direction.to(value.device, value.dtype)).sum())
    return torch.stack([term.float() for term in terms]).sum()


def train(model: nn.Module) -> None:
    """Training mode, but for what drops units or branches at random: it would tell equal inputs apart."""
    model.train()
    for module in model.modules():
        drops = any(isinstance(getattr(module, name, None), float) for name in _DROPS)
        if drops and next(module.parameters(), None) is None and not list(module.children()):
            module.training = False


def _sleeps(facts: Mapping[str, Tensor], seen: Seen, gradients: Sizes) -> bool:
    still = any(layer.driven and not (layer.flow or 0.0) > 0 for layer in seen.layers)
    return still or any(not each > 0 for each in gradients.values())


def _after(layer: Layer, after: Layer) -> Layer:
    return replace(layer, gradient=after.gradient, flow=after.flow, woken=after.across)


def _steps(subject: Subject, batch: Batch, seed: int) -> tuple[Sizes, Seen | None]:
    """Some small steps down the gradient; the largest gradients on the way."""
    woken: Sizes = {}
    seen: Seen | None = None
    for step in range(STEPS):
        subject.step()
        try:
            seen, _, gradients = subject.one_pass(batch, seed + 10 * (step + 1))
        except Exception:  # what ran once may fail on other weights: then nothing is known of them
            break
        if gradients is None:
            break
        for name, size in gradients.items():
            woken[name] = max(woken.get(name, 0.0), size)
    return woken, seen


def step_of(weight: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """A small step along a gradient: a share of the weight's own scale."""
    return gradient * (_STEP * _own_scale(weight) / size_of(gradient))


def _own_scale(weight: torch.Tensor) -> float:
    size = size_of(weight.detach())
    fan_in = weight[0].numel() if weight.dim() > 1 else 1
    return size if size > 0 else 1 / math.sqrt(fan_in)


def facts_of(name: str, weight: torch.Tensor, writes: tuple[Write, ...]) -> Tensor:
    """What is to be said of a parameter's values."""
    values = whole(weight.detach())
    spread = float(values.float().std()) if values.numel() > 1 else 0.0
    if spread < _ROUNDING * abs(float(values.reshape(-1)[0] if values.numel() else 0)) and values.min() == values.max():
        spread = 0.0
    return Tensor(
        name=name,
        shape=tuple(weight.shape),
        trainable=weight.requires_grad,
        mean=float(values.float().mean()) if values.numel() else 0.0,
        std=spread,
        finite=bool(values.isfinite().all()),
        writes=writes,
        bins=histogram(values) if values.dim() > 1 else (),
        digest=_digest(values) if values.dim() > 1 and values.numel() > 3 and spread > 0 else "",
    )


def _digest(values: torch.Tensor) -> str:
    flat = values.reshape(-1)
    raw = flat[:: len(flat) // _COMPARED + 1].contiguous().cpu().view(torch.uint8)
    return hashlib.blake2b(raw.numpy().tobytes(), digest_size=8).hexdigest()


def distinct(weight: torch.Tensor, dim: int, tolerance: float) -> int:
    """How many different units a weight makes: by a random projection of each, and the gaps between these."""
    rows = whole(weight.detach()).movedim(dim, 0).reshape(weight.shape[dim], -1)
    if len(rows) < 2:
        return len(rows)
    generator = torch.Generator().manual_seed(0)
    direction = torch.randn(rows.shape[1], generator=generator, dtype=torch.float64).to(rows.device)
    places = (
        torch.cat([part.double() @ direction for part in torch.split(rows, _COMPARED // rows.shape[1] + 1)])
        .sort()
        .values
    )
    limit = tolerance * _STEP * _own_scale(weight) * math.sqrt(rows.shape[1])
    slack = 1e-12 * float(places.abs().max())
    return 1 + int((places.diff() > max(limit, slack)).sum())


def size_of(values: torch.Tensor) -> float:
    """The root mean square; NaN stays NaN."""
    square = whole(values.detach()).float().square().mean()
    return math.sqrt(float(square)) if not square.isnan() else math.nan


def _loss(batch: Batch, outputs: list[torch.Tensor]) -> dict[str, Any]:
    """The cross-entropy, where targets say which output holds the classes' scores."""
    if batch.targets is None:
        return {}
    for scores in outputs:
        if scores.is_floating_point() and scores.dim() > 1 and scores.shape[0] == batch.size:
            classes = scores.shape[-1] if batch.targets.dim() > 1 else scores.shape[1]
            flat = scores.reshape(-1, classes) if batch.targets.dim() > 1 else scores
            if int(batch.targets.max()) < classes:
                return {"loss": float(F.cross_entropy(flat.float(), batch.targets.reshape(-1))), "classes": classes}
    return {}
