"""One seed's measurement of one model: forward, backward, and some small steps where something sleeps at first."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from initlint.ir.measured import Layer, Run, Tensor
from initlint.probe.batch import Batch
from initlint.probe.lines import Project
from initlint.probe.moments import histogram
from initlint.probe.provenance import Recorder
from initlint.probe.watch import Seen, Trail, Watcher, tensors

# A zero head lets its input's layers wake after one step, a zero gate behind it after two.
STEPS = 3
_STEP = 0.02
# Relative to a step: what differs by less is rounding.
_SAME = 1e-4
_DROPS = ("p", "drop_prob", "drop", "drop_rate", "survival_prob")
Gradients = dict[str, torch.Tensor]


class Backward(Exception):
    """The backward raised; what the forward gave is kept."""

    def __init__(self, why: str, seen: Seen, outputs: list[torch.Tensor]) -> None:
        super().__init__(why)
        self.seen, self.outputs = seen, outputs


def measure(model: nn.Module, batch: Batch, seed: int, project: Project, recorder: Recorder | None = None) -> Run:
    """Measure; the model's weights, buffers and flags are changed (see :func:`initlint.probe.restore.preserved`).

    :raises Exception: whatever the model raises.
    """
    _train(model)
    weights = {name: each for name, each in model.named_parameters() if not nn.parameter.is_lazy(each)}
    facts = {name: _values(name, each, recorder) for name, each in weights.items()}
    broken = ""
    try:
        seen, outputs, gradients = one_pass(model, batch, seed, project)
    except Backward as error:
        seen, outputs, gradients, broken = error.seen, error.outputs, None, str(error)
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
    units = {name: (dim, _distinct(weights[name], dim, 0.0)) for name, dim in seen.units.items() if name in weights}
    sleeping = gradients is not None and _sleeps(weights, seen, gradients)
    copies = any(count < weights[name].shape[dim] for name, (dim, count) in units.items())
    woken: Mapping[str, float] = {}
    if gradients is not None and run.finite and (sleeping or copies):
        woken, after = _steps(model, weights, batch, seed, project, gradients)
        if sleeping and after is not None and len(after.layers) == len(run.layers):
            run = replace(run, stepped=True, layers=tuple(map(_after, run.layers, after.layers)))
    parted = {name: _distinct(weights[name], dim, _SAME) for name, (dim, _) in units.items()}
    run = replace(run, **_loss(batch, outputs))
    return replace(
        run,
        tensors=tuple(
            replace(
                fact,
                units=weights[name].shape[units[name][0]] if name in units else 0,
                distinct=units[name][1] if name in units else 0,
                parted=parted.get(name, 0),
                gradient=_size(gradients[name]) if gradients is not None and name in gradients else None,
                woken=woken.get(name),
                used=name in seen.used or (gradients is not None and name in gradients),
            )
            for name, fact in facts.items()
        ),
    )


def one_pass(
    model: nn.Module, batch: Batch, seed: int, project: Project
) -> tuple[Seen, list[torch.Tensor], Gradients | None]:
    """Forward under watch, and backward of the loss, else of a random functional of the outputs; without gradients
    where no output depends on a parameter."""
    args, kwargs = batch.cloned()
    watcher = Watcher(model, batch.size, project)
    for each in tensors((args, kwargs)):
        watcher.mark(each, Trail(driven=True))
    torch.manual_seed(seed + 2000)
    with torch.enable_grad(), watcher.watching():
        output = model(*args, **kwargs)
    outputs = list(tensors(output))
    loss = _functional(batch, output, outputs, seed)
    if loss is None:
        return watcher.seen(), [each.detach() for each in outputs], None
    weights = {name: each for name, each in model.named_parameters() if each.requires_grad}
    try:
        found = torch.autograd.grad(loss, list(weights.values()), allow_unused=True)
    except RuntimeError as error:
        raise Backward(str(error).splitlines()[0], watcher.seen(), [each.detach() for each in outputs]) from None
    gradients = {name: each.detach() for name, each in zip(weights, found) if each is not None}
    return watcher.seen(), [each.detach() for each in outputs], gradients


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


def _train(model: nn.Module) -> None:
    """Training mode, but for what drops units or branches at random: it would tell equal inputs apart."""
    model.train()
    for module in model.modules():
        drops = any(isinstance(getattr(module, name, None), float) for name in _DROPS)
        if drops and next(module.parameters(), None) is None and not list(module.children()):
            module.training = False


def _sleeps(weights: Mapping[str, nn.Parameter], seen: Seen, gradients: Gradients) -> bool:
    still = any(layer.driven and not (layer.flow or 0.0) > 0 for layer in seen.layers)
    return still or any(not _size(each) > 0 for each in gradients.values())


def _after(layer: Layer, after: Layer) -> Layer:
    return replace(layer, gradient=after.gradient, flow=after.flow, woken=after.across)


def _steps(
    model: nn.Module, weights: Mapping[str, nn.Parameter], batch: Batch, seed: int, project: Project,
    gradients: Gradients,
) -> tuple[dict[str, float], Seen | None]:  # fmt: skip
    """Some small steps down the gradient, each tensor by a share of its own scale; the largest gradients on the way."""
    woken: dict[str, float] = {}
    seen: Seen | None = None
    for step in range(STEPS):
        with torch.no_grad():
            for name, gradient in gradients.items():
                size = _size(gradient)
                if size > 0:
                    weights[name].sub_(gradient, alpha=_STEP * _own_scale(weights[name]) / size)
        try:
            seen, _, found = one_pass(model, batch, seed + 10 * (step + 1), project)
        except Exception:  # what ran once may fail on other weights: then nothing is known of them
            break
        if found is None:
            break
        gradients = found
        for name, gradient in gradients.items():
            woken[name] = max(woken.get(name, 0.0), _size(gradient))
    return woken, seen


def _own_scale(weight: torch.Tensor) -> float:
    size = _size(weight.detach())
    fan_in = weight[0].numel() if weight.dim() > 1 else 1
    return size if size > 0 else 1 / math.sqrt(fan_in)


def _values(name: str, weight: nn.Parameter, recorder: Recorder | None) -> Tensor:
    values = weight.detach()
    spread = float(values.float().std()) if values.numel() > 1 else 0.0
    return Tensor(
        name=name,
        shape=tuple(weight.shape),
        trainable=weight.requires_grad,
        mean=float(values.float().mean()) if values.numel() else 0.0,
        std=spread,
        finite=bool(values.isfinite().all()),
        writes=recorder.writes(weight) if recorder is not None else (),
        bins=histogram(values) if values.dim() > 1 else (),
        digest=_digest(values) if values.dim() > 1 and values.numel() > 3 and spread > 0 else "",
    )


def _digest(values: torch.Tensor) -> str:
    raw = values.contiguous().cpu().view(torch.uint8) if values.element_size() else values
    return hashlib.blake2b(raw.numpy().tobytes(), digest_size=8).hexdigest()


def _distinct(weight: torch.Tensor, dim: int, tolerance: float) -> int:
    """How many different units a weight makes: by a random projection of each, and the gaps between these."""
    rows = weight.detach().movedim(dim, 0).reshape(weight.shape[dim], -1)
    if len(rows) < 2:
        return len(rows)
    generator = torch.Generator().manual_seed(0)
    direction = torch.randn(rows.shape[1], generator=generator, dtype=torch.float64).to(rows.device)
    places = (rows.double() @ direction).sort().values
    limit = tolerance * _STEP * _own_scale(weight) * math.sqrt(rows.shape[1])
    slack = 1e-12 * float(places.abs().max())
    return 1 + int((places.diff() > max(limit, slack)).sum())


def _size(values: torch.Tensor) -> float:
    square = values.detach().float().square().mean()
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
