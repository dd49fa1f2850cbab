"""What one live forward pass does, as a graph: every torch function that was called, and whose results it was given.

Nothing here knows initlint. A ``TorchFunctionMode`` sees the calls; hooks tell which module runs. Two things are judged
by what they compute, as their code may be anyone's: a module without weights (or a product of a value with what is
computed of it) whose result is that of a known activation is one step, an activation; a module named a norm whose
result does not change when its input is scaled, or a product of a value with what is computed of it that gives vectors
of length one, is one step, a norm.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F
from torch.overrides import TorchFunctionMode

from tests.agreement.real_order.names import NEW, PRODUCTS, kind_of

_WEIGHT_ENDS = ("weight_hh_l0", "weight_hh", "in_proj_weight", "q_proj_weight")
_KNOWN: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "relu": F.relu, "gelu": F.gelu, "silu": F.silu, "mish": F.mish, "hardswish": F.hardswish, "sigmoid": torch.sigmoid,
    "hardsigmoid": F.hardsigmoid, "tanh": torch.tanh, "relu6": F.relu6, "selu": F.selu, "softplus": F.softplus,
    "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x), "relu_squared": lambda x: F.relu(x).square(),
}  # fmt: skip
# A parameter that torch.nn.utils keeps in another form, under another name.
_REPARAMETRISED = re.compile(r"\.(?:parametrizations\.)?(\w+?)(?:_orig|_g|_v|\.original\d?)$")
# Between two formulas of the same function (the tanh form of GELU differs from the exact one by 5e-4).
_SAME = 2e-3
# Between the elements of a step and those of the function that it is: rounding; of a norm also its small constant.
_EXACT, _UNIT, _MOST_COMPARED = 1e-5, 1e-2, 4096


@dataclass(slots=True)
class Node:
    """One step: ``inputs`` are the numbers of the steps that made the tensors it was given. ``weight`` names the
    parameter of a weight layer. ``signal``: it depends on the model's input or on the output of a weight layer."""

    kind: str
    name: str
    inputs: tuple[int, ...]
    weight: str = ""
    signal: bool = True


@dataclass
class Pass:
    """The steps in the order in which they ran, and those whose results the model returned."""

    nodes: list[Node] = field(default_factory=list)
    outputs: list[int] = field(default_factory=list)


def tensors_in(value: object, depth: int = 6) -> list[torch.Tensor]:
    """All tensors in nested lists, tuples, mappings and dataclass-like outputs."""
    if isinstance(value, torch.Tensor):
        return [value]
    items: Sequence[object] = ()
    if isinstance(value, Mapping):
        items = list(value.values())
    elif isinstance(value, (list, tuple, set)):
        items = list(value)
    elif hasattr(value, "__dataclass_fields__") or type(value).__module__.startswith(("timm", "transformers")):
        items = list(getattr(value, "__dict__", {}).values())
    return [tensor for item in items for tensor in tensors_in(item, depth - 1)] if depth else []


class _Watcher(TorchFunctionMode):
    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.result = Pass()
        self.at: dict[int, int] = {}
        self.alive: list[object] = []
        self.roots: dict[int, frozenset[str]] = {}
        names = {name for name, _ in model.named_parameters()}
        for name, parameter in model.named_parameters():
            pair = f"{name[:-1]}{'v' if name.endswith('g') else 'g'}"
            apart = name.endswith(("_g", "_v")) and pair not in names
            self.roots[id(parameter)] = frozenset({name if apart else _REPARAMETRISED.sub(r".\1", name)})
        self.sizes = {name: p.numel() for p in model.parameters() for name in self.roots[id(p)]}
        self.matrices = {name for p in model.parameters() if p.ndim > 1 for name in self.roots[id(p)]}

    def add(self, node: Node, results: list[torch.Tensor]) -> int:
        number = len(self.result.nodes)
        self.result.nodes.append(node)
        for tensor in results:
            self.at[id(tensor)] = number
            self.roots.pop(id(tensor), None)
            self.alive.append(tensor)
        return number

    def inputs(self, tensors: list[torch.Tensor]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.at[id(tensor)] for tensor in tensors if id(tensor) in self.at))

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        given = tensors_in((args, kwargs))
        value = function(*args, **kwargs)
        if value is None and given and getattr(function, "__name__", "") == "__setitem__":
            value, given = given[0], given
        results = tensors_in(value)
        if results:
            name = getattr(function, "__name__", str(function))
            bounds = (*args[1:], *kwargs.values())[:2]
            self._record("relu6" if name == "hardtanh" and bounds == (0.0, 6.0) else name, given, results, args)
        return value

    def _record(self, name: str, given: list[torch.Tensor], results: list[torch.Tensor], args: tuple[Any, ...]) -> None:
        if any(result is tensor for result in results for tensor in given) and name in {"__get__", "requires_grad_"}:
            return
        given = [] if name in NEW else given
        kind, inputs = kind_of(name), self.inputs(given)
        roots: frozenset[str] = frozenset().union(*(self.roots.get(id(tensor), frozenset()) for tensor in given))
        weights = [tensor for tensor in given if id(tensor) not in self.at and id(tensor) in self.roots]
        weight = ""
        if (kind == "layer" or (name in PRODUCTS and inputs)) and weights:
            weight = self._weight(name, weights)
            kind = "layer" if weight else kind
        if kind == "layer" and not weight:
            kind = "mul"
        if name == "__setitem__":
            kind = "cat" if len([n for n in inputs if self.result.nodes[n].signal]) > 1 else "pass"
        elif kind == "pass":  # other tensors are indexes, masks, and what tells the shape or the type
            inputs = self.inputs(given[:1])
        by_hand = (
            self._by_hand(results[0], [t for t in given if id(t) in self.at]) if kind == "mul" and not weight else None
        )
        if by_hand is not None:
            kind, inputs = by_hand
        if kind == "cat" and all(id(tensor) in self.at or tensor.numel() == 0 for tensor in given) and len(inputs) == 1:
            kind = "pass"  # a cache that is still empty
        signal = bool(weight) or any(self.result.nodes[number].signal for number in inputs)
        if not signal:
            for tensor in results:
                self.roots[id(tensor)] = roots
                self.alive.append(tensor)
                self.at.pop(id(tensor), None)
            return
        self.add(Node(kind, name, inputs, weight, signal), results)

    def _by_hand(self, result: torch.Tensor, given: list[torch.Tensor]) -> tuple[str, tuple[int, ...]] | None:
        """Kind and input of the one step that a product or quotient of a value with what is computed of it completes,
        judged by its elements."""
        if len(given) != 2 or not result.is_floating_point() or not result.numel():
            return None
        for value, other in (given, given[::-1]):
            number = self.at[id(value)]
            if value.shape != result.shape or number == self.at[id(other)]:
                continue
            source = self._centred(self._unscaled(number))
            if not self._depends(self.at[id(other)], source):
                continue
            if other.shape != result.shape:
                if _has_unit_vectors(result, other) and not _has_unit_vectors(value, other):
                    return "norm", (source,)
            elif name := _same_function(value, result):
                return f"activation:{name}", (number,)
        return None

    def _centred(self, number: int) -> int:
        """The value from which its own mean was taken off here, or the value itself."""
        node = self.result.nodes[number]
        if node.kind == "add" and "sub" in node.name and len(node.inputs) == 2:
            source, mean = node.inputs
            if self.result.nodes[mean].kind == "reduce" and self._depends(mean, source):
                return source
        return number

    def _unscaled(self, number: int) -> int:
        """The value before weights scaled it."""
        while self.result.nodes[number].kind == "mul" and len(self.result.nodes[number].inputs) == 1:
            number = self.result.nodes[number].inputs[0]
        return number

    def _depends(self, number: int, source: int) -> bool:
        waiting = [number]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number == source:
                return True
            if number > source and number not in seen:
                seen.add(number)
                waiting += self.result.nodes[number].inputs
        return False

    def _weight(self, name: str, weights: list[torch.Tensor]) -> str:
        """The parameter that makes a call a weight layer: for an attention or a recurrent layer its main one."""
        names = [root for tensor in weights for root in sorted(self.roots[id(tensor)]) if root in self.matrices]
        for end in _WEIGHT_ENDS:
            for each in names:
                if each.rpartition(".")[2] == end:
                    return each
        if name in PRODUCTS and len(names) != 1:
            return ""
        return max(names, key=self.sizes.__getitem__) if names else ""


def watch(model: nn.Module, arguments: Mapping[str, object] | Sequence[object]) -> Pass:
    """Run the model in evaluation and watch it."""
    watcher = _Watcher(model)
    result = watcher.result
    positional: Sequence[object] = () if isinstance(arguments, Mapping) else arguments
    named: Mapping[str, Any] = arguments if isinstance(arguments, Mapping) else {}
    for tensor in tensors_in((list(positional), dict(named))):
        watcher.add(Node("input", "input", ()), [tensor])
    started: list[tuple[int, list[torch.Tensor]]] = []

    def before(_: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        started.append((len(result.nodes), tensors_in((args, kwargs))))

    def after(module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> None:
        start, given = started.pop()
        fold = _fold(module, result.nodes[start:], args, output)
        if fold is not None:
            inputs = tuple(number for number in watcher.inputs(given) if number < start)
            watcher.add(Node(*fold, inputs=inputs or tuple(_entering(result.nodes, start))), tensors_in(output))

    handles = []
    for part in model.modules():
        if part is not model:
            handles.append(part.register_forward_pre_hook(before, with_kwargs=True))
            handles.append(part.register_forward_hook(after, with_kwargs=True))
    try:
        with torch.no_grad(), watcher:
            output = model.eval()(*positional, **named)
    finally:
        for handle in handles:
            handle.remove()
    result.outputs = list(watcher.inputs(tensors_in(output)))
    return result


def _entering(nodes: list[Node], start: int) -> list[int]:
    found = itertools.chain.from_iterable(node.inputs for node in nodes[start:])
    return list(dict.fromkeys(number for number in found if number < start))


def _fold(module: nn.Module, inner: list[Node], args: tuple[Any, ...], output: Any) -> tuple[str, str] | None:
    """Kind and name of the one step that the module is, where it is one and its inner steps do not say so."""
    if not inner or any(node.weight for node in inner) or not isinstance(output, torch.Tensor):
        return None
    if len(inner) == 1 and inner[0].kind.startswith(("activation", "norm")):
        return None
    if not args or not isinstance(args[0], torch.Tensor) or not args[0].is_floating_point():
        return None
    parameters = list(module.parameters())
    if "norm" in type(module).__name__.lower() and not any(node.kind == "norm" for node in inner):
        return ("norm", type(module).__name__) if _ignores_scale(module, args[0]) else None
    if parameters or output.shape != args[0].shape or all(node.kind == "pass" for node in inner):
        return None
    name = _activation(module)
    return (f"activation:{name}", type(module).__name__) if name else None


def _plain(module: nn.Module) -> nn.Module:
    with torch.no_grad():
        plain = copy.deepcopy(module).to_empty(device="cpu").float()
        for name, tensor in itertools.chain(plain.named_parameters(), plain.named_buffers()):
            if tensor.is_floating_point():
                tensor.fill_(0.0 if "bias" in name or "mean" in name else 1.0)
    for part in plain.modules():
        part._forward_hooks.clear()
        part._forward_pre_hooks.clear()
    return plain.eval()


def _has_unit_vectors(result: torch.Tensor, factor: torch.Tensor) -> bool:
    """Whether the vectors to which one factor each belongs have length 1, or a mean square of 1."""
    sizes = (1,) * (result.dim() - factor.dim()) + tuple(factor.shape)
    axes = [axis for axis, size in enumerate(sizes) if size == 1 and result.shape[axis] > 1]
    if not axes:
        return False
    squares = result.double().square()
    return any(bool((total - 1).abs().max() < _UNIT) for total in (squares.sum(axes), squares.mean(axes)))


def _same_function(value: torch.Tensor, result: torch.Tensor) -> str:
    """The activation that gives the result element by element."""
    x, found = value.flatten()[:_MOST_COMPARED].double(), result.flatten()[:_MOST_COMPARED].double()
    bound = _EXACT * float(found.abs().max())
    if bound == 0.0:
        return ""
    forms = [*_KNOWN.items(), ("gelu", lambda x: F.gelu(x, approximate="tanh"))]
    return next((name for name, f in forms if (f(x) - found).abs().max() < bound), "")


def _ignores_scale(module: nn.Module, like: torch.Tensor) -> bool:
    with torch._C.DisableTorchFunction(), torch.no_grad():
        try:
            plain = _plain(module)
            x = torch.randn(like.shape, generator=torch.Generator().manual_seed(0))
            one, other = plain(x), plain(8 * x)
        except (RuntimeError, TypeError, ValueError, NotImplementedError):
            return False
    return bool(torch.allclose(one, other, atol=1e-3)) and float(one.std()) > 0


def _activation(module: nn.Module) -> str:
    with torch._C.DisableTorchFunction(), torch.no_grad():
        try:
            x = torch.linspace(-4, 4, 64)
            plain = _plain(module)
            found = plain(x.clone())
        except (RuntimeError, TypeError, ValueError, IndexError, NotImplementedError):
            return ""
        if not isinstance(found, torch.Tensor) or found.shape != x.shape:
            return ""
        return next((name for name, f in _KNOWN.items() if (f(x) - found).abs().max() < _SAME), "")
