"""Where a model is measured: on the CPU, or on a GPU that ``--device`` names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from initlint.probe.batch import Batch


class DeviceError(Exception):
    """There is no such device here."""


def device_of(name: str) -> torch.device:
    """``cpu``, ``cuda``, ``cuda:1``, or for ``auto`` the first GPU where there is one. A GPU is made ready, so that the
    states of its generators can be kept.

    :raises DeviceError: it is not here.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    device = torch.device(name)
    if device.type == "cpu":
        return device
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if (device.index or 0) >= count:
        raise DeviceError(f"there is no device `{name}` here: PyTorch {torch.__version__} sees {count} GPUs")
    torch.cuda.init()  # type: ignore[no-untyped-call]
    return device


def where(model: nn.Module) -> torch.device | None:
    """Where its first parameter lies; None for a model without any."""
    return next((each.device for each in model.parameters()), None)


def moved(model: nn.Module, device: torch.device | None, recorder: Any = None) -> nn.Module:
    """The model on that device (None: where it is); what is known of who wrote its weights stays known."""
    if device is not None and any(each.device != device for each in (*model.parameters(), *model.buffers())):
        with recorder if recorder is not None else contextlib.nullcontext():
            model.to(device)
    return model


def batch_on(batch: Batch, device: torch.device | None) -> Batch:
    """The batch on that device; its values are drawn on the CPU, whatever the device."""
    if device is None or device.type == "cpu":
        return batch
    targets = batch.targets.to(device) if batch.targets is not None else None
    args = tuple(_on(each, device) for each in batch.args)
    return replace(batch, args=args, kwargs={name: _on(each, device) for name, each in batch.kwargs.items()},
                   targets=targets)  # fmt: skip


def _on(value: Any, device: torch.device) -> Any:
    if isinstance(value, torch.Tensor):
        return value.to(device)
    if type(value) is dict:
        return {name: _on(each, device) for name, each in value.items()}
    return type(value)(_on(each, device) for each in value) if type(value) in (list, tuple) else value


@contextlib.contextmanager
def exact() -> Iterator[None]:
    """Convolutions on a GPU in full precision, and the same ones each time: equal units get equal gradients."""
    cudnn = torch.backends.cudnn
    with cudnn.flags(enabled=cudnn.enabled, benchmark=False, deterministic=True, allow_tf32=False):
        yield
