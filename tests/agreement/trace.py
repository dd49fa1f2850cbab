"""What a live forward pass does: the weight layers in the order in which they run, and what consumes their outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

WEIGHTED = (
    nn.Linear, nn.Bilinear, nn.Embedding, nn.EmbeddingBag, nn.RNNBase, nn.RNNCellBase, nn.MultiheadAttention,
    nn.modules.conv._ConvNd,
)  # fmt: skip

_ACTIVATIONS = {
    "relu", "relu_", "leaky_relu", "elu", "selu", "gelu", "silu", "sigmoid", "tanh", "softplus", "hardswish", "relu6",
    "mish", "sin", "hardsigmoid",
}  # fmt: skip
_NORMS = {"batch_norm", "layer_norm", "group_norm", "instance_norm"}
_PASS = {
    "dropout", "max_pool2d", "boolean_dispatch", "avg_pool2d", "adaptive_avg_pool2d", "flatten", "view", "reshape",
    "permute", "transpose", "contiguous", "unsqueeze", "squeeze", "expand",
}  # fmt: skip
_ADDS = {"add", "add_", "__add__", "__iadd__", "__radd__"}
_CATS = {"cat", "stack", "concat"}
# Questions about a tensor, which consume nothing of it.
_QUESTIONS = {
    "size", "dim", "__get__", "is_floating_point", "numel", "ndimension", "__len__", "__set__", "is_contiguous",
    "stride", "__bool__",
}  # fmt: skip


@dataclass
class Trace:
    """``calls``: paths of the weight layers, as they ran. ``next``: for each, the kinds of its output's consumers,
    through what passes values on: ``activation:relu``, ``norm``, ``add``, ``cat``, ``layer``, ``output``, or
    ``other:name``."""

    calls: list[str] = field(default_factory=list)
    next: dict[str, set[str]] = field(default_factory=dict)


class _Watcher(TorchFunctionMode):
    def __init__(self, result: Trace) -> None:
        super().__init__()
        self.result = result
        self.owners: dict[int, str] = {}
        self.inside = 0
        self.alive: list[object] = []

    def own(self, value: object, path: str) -> None:
        for tensor in _tensors(value):
            self.owners[id(tensor)] = path
            self.alive.append(tensor)

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        name = function.__name__
        inputs = list({id(t): t for t in _tensors((args, kwargs))}.values())
        owners = [self.owners[id(t)] for t in inputs if id(t) in self.owners]
        value = function(*args, **kwargs)
        if self.inside or name in _QUESTIONS or not owners:
            return value
        if name in _PASS and len(owners) == 1:
            self.own(value, owners[0])
            return value
        for path in owners:
            self.result.next[path].add(_kind(name))
        for tensor in _tensors(value):
            if id(tensor) in self.owners:  # it was changed in place, and is now the consumer's
                del self.owners[id(tensor)]
        return value


def _kind(name: str) -> str:
    if name in _ACTIVATIONS:
        return f"activation:{name.rstrip('_')}"
    for kind, names in (("norm", _NORMS), ("add", _ADDS), ("cat", _CATS)):
        if name in names:
            return kind
    return f"other:{name}"


def _tensors(value: object) -> list[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    return [tensor for item in value for tensor in _tensors(item)] if isinstance(value, (tuple, list)) else []


def trace(module: nn.Module, *inputs: torch.Tensor) -> Trace:
    """Run the module in training mode and watch it."""
    result = Trace()
    watcher = _Watcher(result)

    def before(path: str) -> Callable[..., None]:
        def hook(_: nn.Module, given: tuple[Any, ...]) -> None:
            result.calls.append(path)
            result.next.setdefault(path, set())
            for tensor in {id(t): t for t in _tensors(given)}.values():
                if id(tensor) in watcher.owners:
                    result.next[watcher.owners[id(tensor)]].add("layer")
            watcher.inside += 1

        return hook

    def after(path: str) -> Callable[..., None]:
        def hook(_: nn.Module, __: Any, output: Any) -> None:
            watcher.inside -= 1
            watcher.own(output, path)

        return hook

    handles = []
    for path, part in module.named_modules():
        if isinstance(part, WEIGHTED):
            handles += [part.register_forward_pre_hook(before(path)), part.register_forward_hook(after(path))]
    try:
        with torch.no_grad(), watcher:
            output = module.train()(*inputs)
    finally:
        for handle in handles:
            handle.remove()
    for tensor in _tensors(output):
        if id(tensor) in watcher.owners:
            result.next[watcher.owners[id(tensor)]].add("output")
    return result
