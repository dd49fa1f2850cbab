"""What is measured on request, on one instance: the Jacobian's spectrum, χ₁ from two nearby inputs, the kernel."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from initlint.ir.measured import Extra
from initlint.probe.batch import Batch
from initlint.probe.inside import tensors

_ROWS, _KERNEL = 48, 8
_NEAR = 1e-3
_LAYERS = (nn.Linear, nn.modules.conv._ConvNd)


def extra(model: nn.Module, batch: Batch, seed: int) -> Extra:
    """All of it, as far as the model has it: without real inputs there is neither a Jacobian nor a nearby input."""
    model.eval()  # the norm of a batch would tie the inputs to each other
    found: dict[str, Any] = {}
    for name, measure in (("singular", _jacobian), ("chi", _chi), ("condition", _kernel)):
        # A forward may not run outside of training, or not with a gradient of its input.
        with suppress(Exception):
            found[name] = measure(model, batch, seed)
    values = found.get("singular") or ()
    sensitivity = math.sqrt(sum(value * value for value in values) / len(values)) if values else None
    return Extra(**{name: value for name, value in found.items() if value is not None}, sensitivity=sensitivity)


def _real(batch: Batch) -> torch.Tensor | None:
    return next((each for _, each in batch.tensors() if each.is_floating_point() and each.dim()), None)


def _run(model: nn.Module, batch: Batch, given: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    """The first real output, with one input in place of another."""
    args = tuple(value if each is given else each for each in batch.args)
    kwargs = {name: value if each is given else each for name, each in batch.kwargs.items()}
    output = model(*args, **kwargs)
    return next(each for each in tensors(output) if each.is_floating_point())


def _jacobian(model: nn.Module, batch: Batch, seed: int) -> tuple[float, ...] | None:
    """The singular values of the Jacobian of one input's outputs, or of that many random combinations of them, scaled
    so that their squares sum to the Jacobian's; the largest first (Pennington et al. 2017)."""
    given = _real(batch)
    if given is None:
        return None
    value = given.detach().clone().requires_grad_()
    output = _run(model, batch, given, value)
    flat = output[0].reshape(-1)
    generator = torch.Generator().manual_seed(seed)
    count = min(len(flat), _ROWS)
    directions = torch.eye(len(flat)) if len(flat) <= _ROWS else torch.randn(count, len(flat), generator=generator)
    scale = 1.0 if len(flat) <= _ROWS else math.sqrt(count)
    rows = [torch.autograd.grad(flat, value, each.to(flat), retain_graph=True)[0][0].reshape(-1) for each in directions]
    return tuple(float(each) / scale for each in torch.linalg.svdvals(torch.stack(rows).double()))


def _chi(model: nn.Module, batch: Batch, seed: int) -> float | None:
    """The factor by which the squared distance of two nearby inputs changes at each layer, from the first layer's
    output to the last hidden one's (Schoenholz et al. 2017)."""
    given = _real(batch)
    if given is None:
        return None
    noise = torch.randn(given.shape, generator=torch.Generator().manual_seed(seed)).to(given)
    found: list[list[torch.Tensor]] = []
    for value in (given, given + _NEAR * given.std() * noise):
        with torch.no_grad(), _outputs() as seen:
            _run(model, batch, given, value)
        found.append(seen)
    pairs = [(a, b) for a, b in zip(*found) if a.shape == b.shape][:-1]
    distances = [float((a - b).double().square().mean() / a.double().square().mean()) for a, b in pairs]
    if len(distances) < 3 or not distances[0] > 0:
        return None
    return float((distances[-1] / distances[0]) ** (1 / (len(distances) - 1)))


@contextmanager
def _outputs() -> Iterator[list[torch.Tensor]]:
    seen: list[torch.Tensor] = []

    def hook(module: nn.Module, _: Any, output: Any) -> None:
        if isinstance(module, _LAYERS) and isinstance(output, torch.Tensor):
            seen.append(output.detach().clone())

    handle = register_module_forward_hook(hook)
    try:
        yield seen
    finally:
        handle.remove()


def _kernel(model: nn.Module, batch: Batch, seed: int) -> float | None:
    """The condition number of the neural tangent kernel of a few inputs, for a random functional of their outputs
    (Jacot et al. 2018)."""
    weights = [each for each in model.parameters() if each.requires_grad]
    args, kwargs = batch.cloned()
    output = next(each for each in tensors(model(*args, **kwargs)) if each.is_floating_point())
    direction = torch.randn(output[0].shape, generator=torch.Generator().manual_seed(seed)).to(output)
    rows = []
    for index in range(min(_KERNEL, len(output))):
        loss = (output[index] * direction).sum()
        found = torch.autograd.grad(loss, weights, retain_graph=True, allow_unused=True)
        rows.append(torch.cat([each.reshape(-1) for each in found if each is not None]).double())
    values = torch.linalg.eigvalsh(torch.stack(rows) @ torch.stack(rows).T)
    return float(values[-1] / values[0]) if values[0] > 0 else math.inf
