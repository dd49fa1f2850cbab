"""Leaves a live model as it was, bit for bit: weights, buffers, gradients, hooks, flags, attributes, random states."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

_TABLES = ("_parameters", "_buffers", "_modules")
_DEPTH = 3


@dataclass(slots=True)
class _Saved:
    """One tensor: where its values lie, what they are, and what hangs on it."""

    tensor: torch.Tensor
    data: torch.Tensor
    values: torch.Tensor
    gradient: torch.Tensor | None
    gradient_values: torch.Tensor | None
    requires_grad: bool

    def restore(self) -> None:
        if self.tensor.data_ptr() != self.data.data_ptr() or self.tensor.shape != self.data.shape:
            self.tensor.data = self.data
        self.tensor.data.copy_(self.values)
        if self.tensor.is_leaf and self.tensor.requires_grad != self.requires_grad:
            self.tensor.requires_grad_(self.requires_grad)
        if self.tensor.is_leaf:
            self.tensor.grad = self.gradient
        if self.gradient is not None and self.gradient_values is not None:
            self.gradient.data.copy_(self.gradient_values)


@contextmanager
def preserved(model: nn.Module) -> Iterator[None]:
    """Whatever happens inside, afterwards the model, the random states and torch's flags are what they were.

    Modules' attributes are restored one by one; of their own containers (lists, dicts, sets) the items, and of all
    tensors in them the values. Objects of other kinds are left as they are."""
    modules = list(model.modules())
    saved = _tensors(modules)
    attributes = [(module, _attributes(module)) for module in modules]
    states, flags = random_states(), _flags()
    try:
        yield
    finally:
        _set_flags(flags)
        for module, known in attributes:
            _put_back(module, known)
        with torch.no_grad():
            for each in saved:
                each.restore()
        set_random_states(states)


def _tensors(modules: list[nn.Module]) -> list[_Saved]:
    found: dict[int, torch.Tensor] = {}
    for module in modules:
        for value in vars(module).values():
            _collect(value, found, 0)
    return [_saved(tensor) for tensor in found.values() if _plain(tensor)]


def _collect(value: object, found: dict[int, torch.Tensor], depth: int) -> None:
    if isinstance(value, torch.Tensor):
        found[id(value)] = value
    elif depth < _DEPTH and isinstance(value, (list, tuple, set)):
        for item in value:
            _collect(item, found, depth + 1)
    elif depth < _DEPTH and isinstance(value, dict):
        for item in value.values():
            _collect(item, found, depth + 1)


def _plain(tensor: torch.Tensor) -> bool:
    return tensor.layout == torch.strided and tensor.device.type != "meta" and not nn.parameter.is_lazy(tensor)


def _saved(tensor: torch.Tensor) -> _Saved:
    gradient = tensor.grad if tensor.is_leaf else None
    values = gradient.detach().clone() if gradient is not None else None
    return _Saved(tensor, tensor.data, tensor.detach().clone(), gradient, values, tensor.requires_grad)


def _attributes(module: nn.Module) -> dict[str, tuple[Any, Any]]:
    """Each attribute, and a copy of what it holds where it is a container."""
    return {name: (value, _copy(value)) for name, value in vars(module).items()}


def _copy(value: object) -> Any:
    """A container with its items, however nested; anything else as it is."""
    if isinstance(value, dict):
        return [(key, item, _copy(item)) for key, item in value.items()]
    if isinstance(value, (list, set)):
        return [(item, _copy(item)) for item in value]
    return None


def _put_back(module: nn.Module, known: dict[str, tuple[Any, Any]]) -> None:
    own = vars(module)
    for name in [name for name in own if name not in known]:
        del own[name]
    for name, (value, copied) in known.items():
        own[name] = value
        _refill(value, copied)


def _refill(value: Any, copied: Any) -> None:
    if copied is None:
        return
    if isinstance(value, dict):
        if [key for key, _, _ in copied] != list(value) or any(value[key] is not item for key, item, _ in copied):
            value.clear()
            value.update((key, item) for key, item, _ in copied)
        for _, item, inner in copied:
            _refill(item, inner)
        return
    items = [item for item, _ in copied]
    if len(items) != len(value) or any(a is not b for a, b in zip(items, value)):
        value.clear()
        (value.update if isinstance(value, set) else value.extend)(items)
    for item, inner in copied:
        _refill(item, inner)


def random_states() -> dict[str, Any]:
    """The states of all generators: Python's, numpy's where it is loaded, torch's on each device."""
    states: dict[str, Any] = {"python": random.getstate(), "cpu": torch.get_rng_state()}
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        states["numpy"] = numpy.random.get_state()
    if torch.cuda.is_available() and torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        states["cuda"] = torch.cuda.get_rng_state_all()
    return states


def set_random_states(states: dict[str, Any]) -> None:
    """Set them again."""
    random.setstate(states["python"])
    torch.set_rng_state(states["cpu"])
    if "numpy" in states:
        sys.modules["numpy"].random.set_state(states["numpy"])
    if "cuda" in states:
        torch.cuda.set_rng_state_all(states["cuda"])


def _flags() -> tuple[Any, ...]:
    return (
        torch.is_grad_enabled(), torch.get_default_dtype(), torch.are_deterministic_algorithms_enabled(),
        torch.is_deterministic_algorithms_warn_only_enabled(), torch.backends.cudnn.benchmark,
        torch.backends.cudnn.deterministic, torch.get_num_threads(),
    )  # fmt: skip


def _set_flags(flags: tuple[Any, ...]) -> None:
    grad, dtype, deterministic, warn_only, benchmark, cudnn, threads = flags
    torch.set_grad_enabled(grad)
    torch.set_default_dtype(dtype)
    torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)
    torch.backends.cudnn.benchmark, torch.backends.cudnn.deterministic = benchmark, cudnn
    if torch.get_num_threads() != threads:
        torch.set_num_threads(threads)
