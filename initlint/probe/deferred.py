"""Builds a model without its values, and gives them when they are asked for.

:class:`Deferred` runs a constructor on PyTorch's meta device, where tensors have shapes and no memory
(https://docs.pytorch.org/docs/stable/meta.html), and logs every operation that makes or writes one. :meth:`real`
repeats those that a tensor's values depend on; each draws from a generator of its own, so that a tensor gets the same
values whenever it is asked for, and whatever is asked for beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._device import _device_constructors
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from initlint.probe.batch import Batch

_META = torch.device("meta")
# Each fills its tensor whatever it held.
_FILLS = frozenset(
    {"normal_", "uniform_", "zero_", "fill_", "copy_", "random_", "bernoulli_", "exponential_", "log_normal_",
     "cauchy_", "geometric_", "eye_"}
)  # fmt: skip
# What asks for values.
_ASKS = frozenset({"item", "tolist", "numpy", "__bool__", "__float__", "__int__", "__index__", "__contains__"})
_SEEDS = 2**63 - 1
_PLACES: dict[Any, Any] = {
    vars(torch._C.TensorBase)["is_meta"].__get__: False,
    vars(torch._C.TensorBase)["device"].__get__: torch.device("cpu"),
}


@dataclass(frozen=True, slots=True)
class _Ref:
    """A tensor, as a view of a storage."""

    key: int
    size: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int
    dtype: torch.dtype


@dataclass(frozen=True, slots=True)
class _Call:
    """One operation: what it reads, and which storages it makes (by the number of its result) and writes."""

    function: Any
    args: Any
    kwargs: Mapping[str, Any]
    reads: frozenset[int]
    makes: tuple[tuple[int, _Ref], ...]
    fills: bool


class _Log(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Logs the operations that make or write a tensor without values."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls: list[_Call] = []
        self.writers: dict[int, list[int]] = {}
        self.alive: list[Any] = []  # an address must not be used twice

    def __torch_dispatch__(
        self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the operation, and log it."""
        kwargs = kwargs or {}
        with torch._C.DisableTorchFunction():
            result = function(*args, **kwargs)
            given = {_key(each) for each in _tensors((args, kwargs)) if each.is_meta}
            made = [(at, each) for at, each in enumerate(_tensors(result)) if each.is_meta and _key(each) not in given]
            written = [each for each in _written(function, args, kwargs) if each.is_meta]
            if made or written:
                self._note(function, args, kwargs, given, made, written)
        return result

    def _note(
        self, function: Any, args: Any, kwargs: Mapping[str, Any], given: set[int],
        made: Sequence[tuple[int, torch.Tensor]], written: Sequence[torch.Tensor],
    ) -> None:  # fmt: skip
        fills = function.__name__.split(".")[0] in _FILLS and len(written) == 1 and _whole(written[0])
        call = _Call(
            function, tree_map(_frozen, args), tree_map(_frozen, kwargs), frozenset(given),
            tuple((at, _ref(each)) for at, each in made), fills,
        )  # fmt: skip
        for each in (*written, *(each for _, each in made)):
            self.writers.setdefault(_key(each), []).append(len(self.calls))
            self.alive.append(each.untyped_storage())
        self.calls.append(call)

    def needed(self, keys: Iterable[int]) -> list[int]:
        """The operations that the values in those storages depend on, in order."""
        found: set[int] = set()
        waiting = [(key, len(self.calls)) for key in keys]
        while waiting:
            key, before = waiting.pop()
            earlier = [number for number in self.writers.get(key, ()) if number < before]
            last = max((at for at, number in enumerate(earlier) if self.calls[number].fills), default=0)
            for number in {*earlier[:1], *earlier[last:]} - found:
                found.add(number)
                waiting += [(read, number) for read in self.calls[number].reads]
        return sorted(found)


@dataclass(slots=True)
class Deferred:
    """The log of a construction; see the module."""

    seed: int = 0
    log: _Log = field(default_factory=_Log)

    def build(self, make: Callable[[], Any]) -> Any:
        """What ``make`` makes, its tensors without values.

        :raises Exception: whatever the constructor raises; also where it can't do without values.
        """
        with _OnMeta(self), self.log:
            return make()

    def real(self, wanted: Sequence[torch.Tensor], device: torch.device | None = None) -> list[torch.Tensor]:
        """The values of tensors that :meth:`build` made; others as they are.

        :raises KeyError: nothing is known of a tensor's values.
        """
        storages: dict[int, torch.UntypedStorage] = {}
        with torch._C.DisableTorchFunction(), torch.no_grad(), torch.random.fork_rng(devices=()):
            for number in self.log.needed(_key(each) for each in wanted if each.is_meta):
                self._repeat(self.log.calls[number], number, storages)
            found = [_view(_ref(each), storages) if each.is_meta else each for each in wanted]
        return [each.to(device) if device is not None else each for each in found]

    def batch(self, batch: Batch) -> Batch:
        """A batch that :meth:`build` made, with values."""
        return batch.mapped(lambda each: self.real([each])[0])

    def _repeat(self, call: _Call, number: int, storages: dict[int, torch.UntypedStorage]) -> None:
        if torch.Tag.nondeterministic_seeded in call.function.tags:
            torch.manual_seed((self.seed * 1_000_003 + number) % _SEEDS)

        def back(value: Any) -> Any:
            if isinstance(value, _Ref):
                return _view(value, storages)
            return torch.device("cpu") if value == _META else value

        made = list(_tensors(call.function(*tree_map(back, call.args), **tree_map(back, call.kwargs))))
        for at, ref in call.makes:
            result = made[at]
            if result.stride() != ref.stride or result.storage_offset() != ref.offset:
                result = torch.empty_strided(ref.size, ref.stride, dtype=ref.dtype).copy_(result)
            storages[ref.key] = result.untyped_storage()


class _OnMeta(TorchFunctionMode):
    """Makes all tensors on the meta device, says that they are on the CPU (else initialisers leave them out), and
    answers questions about their values."""

    def __init__(self, deferred: Deferred) -> None:
        super().__init__()
        self.deferred = deferred
        self.makers = _device_constructors()

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the function."""
        kwargs = kwargs or {}
        name = getattr(function, "__name__", "")
        if function in self.makers:
            if function in (torch.tensor, torch.as_tensor, torch.asarray):  # from values that are there already
                return function(*args, **{**kwargs, "device": None}).to(_META)
            return function(*args, **{**kwargs, "device": _META})
        if not args or not isinstance(args[0], torch.Tensor):
            return function(*args, **kwargs)
        if name == "__get__" and function in _PLACES:
            return _PLACES[function]
        if name in ("cpu", "cuda"):
            return args[0]
        if name == "to" and not any(isinstance(each, torch.Tensor) for each in args[1:]):
            _, dtype, *_ = torch._C._nn._parse_to(*args[1:], **{k: v for k, v in kwargs.items() if k != "copy"})
            return args[0] if dtype is None else function(args[0], dtype)
        if name in _ASKS:
            args = (*self.deferred.real(args[:1]), *args[1:])
        return function(*args, **kwargs)


def _tensors(value: Any) -> list[torch.Tensor]:
    return [each for each in tree_leaves(value) if isinstance(each, torch.Tensor)]


def _key(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)


def _ref(tensor: torch.Tensor) -> _Ref:
    return _Ref(_key(tensor), tuple(tensor.size()), tensor.stride(), int(tensor.storage_offset()), tensor.dtype)


def _frozen(value: Any) -> Any:
    """An argument, to be used later: values that are there as they are now."""
    if not isinstance(value, torch.Tensor):
        return value
    return _ref(value) if value.is_meta else value.detach().clone()


def _view(ref: _Ref, storages: Mapping[int, torch.UntypedStorage]) -> torch.Tensor:
    empty = torch.empty(0, dtype=ref.dtype)
    return empty.set_(storages[ref.key], ref.offset, ref.size, ref.stride)


def _whole(tensor: torch.Tensor) -> bool:
    """Whether it is all of its storage."""
    return tensor.numel() * tensor.element_size() == tensor.untyped_storage().nbytes()


def _written(function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Iterable[torch.Tensor]:
    for at, argument in enumerate(function._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            yield from _tensors(args[at] if at < len(args) else kwargs.get(argument.name))
