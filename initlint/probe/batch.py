"""A batch: what a model is run on, anew for each seed or as the project gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from initlint.ir.measured import Input

# Prime, and no size that people choose: the inputs' dimension is told from all others.
SIZE = 17


class Fields(dict[str, Any]):
    """Values by their names, which are its attributes, too."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class Batch:
    """The forward's arguments for ``size`` inputs. ``loss`` makes a scalar of the outputs; ``targets`` are classes."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    size: int = SIZE
    loss: Callable[[Any], torch.Tensor] | None = None
    targets: torch.Tensor | None = None
    own: bool = False

    def cloned(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments, with tensors that the forward may overwrite."""
        copy = self.mapped(lambda each: each.detach().clone())
        return copy.args, dict(copy.kwargs)

    def mapped(self, change: Callable[[torch.Tensor], torch.Tensor]) -> Batch:
        """The batch with another tensor for each, however deep it lies in lists, tuples and dicts."""
        targets = change(self.targets) if self.targets is not None else None
        kwargs = {name: _mapped(each, change) for name, each in self.kwargs.items()}
        return replace(self, args=_mapped(self.args, change), kwargs=kwargs, targets=targets)

    def described(self) -> tuple[Input, ...]:
        """Its tensors, for people."""
        return tuple(
            Input(
                name, tuple(each.shape), str(each.dtype).removeprefix("torch."), *_scale(each), self.own
            )
            for name, each in self.tensors()
        )  # fmt: skip

    def tensors(self) -> Iterator[tuple[str, torch.Tensor]]:
        """The tensors, each with the path to it."""
        for index, each in enumerate(self.args):
            yield from _named(str(index), each)
        for name, each in self.kwargs.items():
            yield from _named(name, each)


def of(given: Any, loss: Callable[[Any], torch.Tensor] | None = None, targets: torch.Tensor | None = None) -> Batch:
    """The batch of what a user hands in: a tensor, a tuple or list of arguments, or a dict of keyword arguments.

    :raises ValueError: there is neither a tensor nor a list in it.
    """
    if isinstance(given, Batch):
        return given
    if isinstance(given, Mapping):
        batch = Batch((), dict(given), loss=loss, targets=targets, own=True)
    else:
        args = tuple(given) if isinstance(given, (tuple, list)) else (given,)
        batch = Batch(args, loss=loss, targets=targets, own=True)
    sizes = [each.shape[0] for _, each in batch.tensors() if each.dim()]
    sizes += [len(each) for each in (*batch.args, *batch.kwargs.values()) if isinstance(each, list)]
    if not sizes:
        raise ValueError("the batch holds no tensor with a dimension, and no list")
    return Batch(batch.args, batch.kwargs, sizes[0], loss, targets, own=True)


def signal(shape: tuple[int, ...], generator: torch.Generator | None = None) -> torch.Tensor:
    """N(0, 1), half of whose variance is common to all positions of an input.

    Images differ in colour and brightness, not in each pixel alone: what averages over positions keeps some of it."""
    local = torch.randn(shape, generator=generator)
    if len(shape) < 3:
        return local
    common = (
        (shape[0], *([1] * (len(shape) - 2)), shape[-1]) if len(shape) == 3 else (*shape[:2], *([1] * (len(shape) - 2)))
    )
    return (local + torch.randn(common, generator=generator)) / 2**0.5


def tokens(shape: tuple[int, ...], classes: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Random numbers below ``classes``; each input draws half of them from two of its own, as texts repeat words."""
    found = torch.randint(0, classes, shape, generator=generator)
    if len(shape) < 2:
        return found
    own = torch.randint(0, classes, (shape[0], 2), generator=generator)
    picked = own.gather(1, torch.randint(0, 2, (shape[0], found[0].numel()), generator=generator)).reshape(shape)
    return torch.where(torch.rand(shape, generator=generator) < 0.5, picked, found)


def _mapped(value: Any, change: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    if isinstance(value, torch.Tensor):
        return change(value)
    if type(value) in (dict, Fields):
        return type(value)((name, _mapped(each, change)) for name, each in value.items())
    if type(value) in (list, tuple):
        return type(value)(_mapped(each, change) for each in value)
    return value


def _named(name: str, value: Any) -> Iterator[tuple[str, torch.Tensor]]:
    if isinstance(value, torch.Tensor):
        yield name, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _named(f"{name}.{key}", each)
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            yield from _named(f"{name}.{index}", each)


def _scale(tensor: torch.Tensor) -> tuple[float, float]:
    if tensor.numel() < 2 or tensor.is_complex():
        return float("nan"), float("nan")
    values = tensor.detach().double()
    return float(values.mean()), float(values.std())
