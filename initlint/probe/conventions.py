"""Batches by the conventions of libraries: what a model says of its own inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from initlint.probe.batch import SIZE, Batch, of, signal, tokens
from initlint.probe.hub import known
from initlint.probe.spec import Spec, made

MakeBatch = Callable[[], Batch]


def offers(model: nn.Module, module: Any) -> Iterator[tuple[str, MakeBatch]]:
    """The ways to a batch that the model or its module offers, the surest first."""
    given = getattr(module, "get_inputs", None)
    if callable(given):
        yield "get_inputs()", lambda: of(tuple(given()))
    made_by = getattr(module, "example_input", None)
    if callable(made_by):
        yield "example_input()", lambda: of(made_by())
    example = getattr(model, "example_input_array", None)
    if example is not None:
        yield "example_input_array", lambda: _many(of(example))
    config = getattr(model, "default_cfg", None) or getattr(model, "pretrained_cfg", None)
    size = _entry(config, "input_size")
    if isinstance(size, (tuple, list)) and len(size) == 3:
        smallest = _entry(config, "min_input_size")
        shape = tuple(smallest) if isinstance(smallest, (tuple, list)) else tuple(size)
        fixed = bool(_entry(config, "fixed_input_size"))
        if not fixed:
            small = (shape[0], *[min(each, 64) if shape == tuple(size) else each for each in shape[1:]])
            yield f"its configuration's input_size, smaller: {small}", lambda: made((Spec("x", small),))
        yield f"its configuration's input_size {tuple(size)}", lambda: made((Spec("x", tuple(size)),))
    if getattr(model, "config", None) is not None and hasattr(model, "main_input_name"):
        yield from _of_transformers(model)


def _entry(config: Any, name: str) -> Any:
    return config.get(name) if isinstance(config, dict) else getattr(config, name, None)


def _many(batch: Batch) -> Batch:
    """An example of a few inputs, as noise for as many as are needed: an example of one tells nothing apart."""
    if batch.size >= SIZE:
        return batch

    def more(value: Any) -> Any:
        if not isinstance(value, torch.Tensor) or not value.dim() or value.shape[0] != batch.size:
            return value
        if value.is_floating_point():
            return signal((SIZE, *value.shape[1:])).to(value.dtype)
        if value.dtype == torch.bool:
            return value[:1].expand(SIZE, *value.shape[1:]).clone()
        return tokens((SIZE, *value.shape[1:]), int(value.max()) + 1).to(value.dtype)

    kwargs = {name: more(each) for name, each in batch.kwargs.items()}
    return replace(batch, args=tuple(map(more, batch.args)), kwargs=kwargs, size=SIZE)


def _of_transformers(model: Any) -> Iterator[tuple[str, MakeBatch]]:
    """transformers: by the names of the forward's arguments, with sizes of the configuration."""
    for specs in known(model):
        yield f"main_input_name: {', '.join(map(str, specs))}", lambda specs=specs: made(specs)  # type: ignore[misc]
    dummy = getattr(type(model), "dummy_inputs", None)
    if dummy is not None:
        yield "dummy_inputs", lambda: _many(of(dict(model.dummy_inputs)))
