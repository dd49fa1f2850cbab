"""What a live model does to the signal: at each weight layer, what differs between inputs, and the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

# No size of any model, so that the batch is told from all other dimensions.
BATCH = 13
SEEDS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Measured:
    """At the output of one call of a module: the across-input standard deviation and the gradient's, relative to that
    at the outputs, each the root of the mean square over the seeds; ``spread`` is the former's spread over seeds (in
    decades, of the standard deviation)."""

    across: float
    gradient: float
    spread: float


Calls = dict[tuple[str, int], Measured]


def measure(build: Callable[[], nn.Module], inputs: Callable[[], tuple[torch.Tensor, ...]], paths: set[str]) -> Calls:
    """Build and run the model with each seed; norms train, dropout doesn't."""
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for seed in SEEDS:
        torch.manual_seed(seed)
        model = build().double().eval()
        for module in model.modules():
            if isinstance(module, nn.modules.batchnorm._NormBase):
                module.train()
        torch.manual_seed(seed + 1000)
        for key, value in _run(model, tuple(_double(each) for each in inputs()), paths).items():
            found.setdefault(key, []).append(value)
    whole = {key: values for key, values in found.items() if len(values) == len(SEEDS)}
    return {key: _summed(values) for key, values in whole.items() if not any(math.isnan(pair[0]) for pair in values)}


def _summed(values: list[tuple[float, float]]) -> Measured:
    across, gradient = (math.sqrt(sum(pair[index] ** 2 for pair in values) / len(values)) for index in (0, 1))
    logs = [math.log10(pair[0]) for pair in values if pair[0] > 0]
    mean = sum(logs) / len(logs) if logs else 0.0
    spread = math.sqrt(sum((each - mean) ** 2 for each in logs) / max(len(logs) - 1, 1)) if logs else 0.0
    return Measured(across, gradient, spread)


def _double(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.double() if tensor.is_floating_point() else tensor


def _run(
    model: nn.Module, inputs: tuple[torch.Tensor, ...], paths: set[str]
) -> dict[tuple[str, int], tuple[float, float]]:
    calls: dict[str, int] = {}
    kept: dict[tuple[str, int], torch.Tensor] = {}
    states: dict[tuple[str, int], torch.Tensor] = {}

    def hook(path: str) -> Callable[..., Any]:
        def after(_: nn.Module, __: Any, output: Any) -> Any:
            number = calls.get(path, 0)
            calls[path] = number + 1
            tensor = output[0] if isinstance(output, tuple) else output
            if isinstance(tensor, torch.Tensor):
                tensor.requires_grad_() if not tensor.requires_grad else None
                kept[path, number] = tensor
                if isinstance(output, tuple):
                    last = next(iter(tensors(output[1:])), None)
                    if last is not None:  # the state, which is all that some models read of a recurrence
                        states[path, number] = last
                    return (tensor.clone(), *output[1:])
                return tensor.clone()  # what is changed in place behind it is another tensor
            return output

        return after

    handles = [
        module.register_forward_hook(hook(path))
        for path, module in model.named_modules()
        if path in paths and not _scales(module)
    ]
    try:
        output = model(*(each.clone() for each in inputs))
    finally:
        for handle in handles:
            handle.remove()
    targets = [each for each in tensors(output) if each.requires_grad and each.is_floating_point()]
    loss = sum((torch.randn_like(each) * each).sum() for each in targets)
    assert isinstance(loss, torch.Tensor)
    keys = list(kept)
    gradients = list(torch.autograd.grad(loss, [kept[key] for key in keys], allow_unused=True, retain_graph=True))
    for index, key in enumerate(keys):
        if gradients[index] is None and key in states and states[key].requires_grad:
            gradients[index] = torch.autograd.grad(loss, states[key], allow_unused=True, retain_graph=True)[0]
    return {
        key: (_across(kept[key].detach()), float(back.square().mean().sqrt()) if back is not None else 0.0)
        for key, back in zip(keys, gradients)
    }


def _scales(module: nn.Module) -> bool:
    """Whether it is an embedding of the model's own, whose output is not what the table gives."""
    return isinstance(module, nn.Embedding) and type(module).forward is not nn.Embedding.forward


def tensors(value: object) -> list[torch.Tensor]:
    """All tensors inside what a forward returns."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    return [each for item in value for each in tensors(item)] if isinstance(value, (tuple, list)) else []


def _across(value: torch.Tensor) -> float:
    """The standard deviation over inputs of each unit at each position, root mean square over these."""
    if value.shape and value.shape[0] % BATCH:
        at = next((index for index, size in enumerate(value.shape) if size == BATCH), None)
        if at is None:
            return math.nan  # it is the same for all inputs
        value = value.movedim(at, 0)
    return float(value.reshape(BATCH, -1).var(dim=0).mean().sqrt())
