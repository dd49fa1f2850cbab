"""Where a model is measured: on the CPU, or on a GPU that ``--device`` names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
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


@contextlib.contextmanager
def running(model: nn.Module) -> Iterator[None]:
    """For a model without values: what its forward makes has none, either."""
    place = where(model)
    with place if place is not None and place.type == "meta" else contextlib.nullcontext():
        yield


@contextlib.contextmanager
def naming_what_stays(model: nn.Module, device: torch.device | None) -> Iterator[None]:
    """Where the model can't run on the device since some of its tensors were left behind, that is said.

    :raises DeviceError: it is so.
    """
    try:
        yield
    except RuntimeError as error:
        if device is None or device.type == "cpu" or "device" not in str(error):
            raise
        name = next(_left(model, device.type), None)
        if name is None:
            raise
        raise DeviceError(
            f"it can't run on `{device}`: `{name}` is neither a parameter, a buffer nor a submodule, so `.to()` leaves "
            f"it where it is ({str(error).splitlines()[0]})"
        ) from error


def _left(model: nn.Module, kind: str) -> Iterator[str]:
    """The attributes that hold tensors, or modules with such, which are not on a device of that kind."""
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if not name.startswith("_"):
                items = value.values() if isinstance(value, dict) else value
                for each in items if isinstance(value, (list, tuple, set, dict)) else [value]:
                    held = each.parameters() if isinstance(each, nn.Module) else [each]
                    if any(isinstance(one, torch.Tensor) and one.device.type != kind for one in held):
                        yield f"{path}.{name}" if path else name


def batch_on(batch: Batch, device: torch.device | None) -> Batch:
    """The batch on that device; its values are drawn on the CPU, whatever the device."""
    if device is None or device.type == "cpu":
        return batch
    return batch.mapped(lambda each: each.to(device))


@contextlib.contextmanager
def exact() -> Iterator[None]:
    """Convolutions on a GPU in full precision, and the same ones each time: equal units get equal gradients."""
    cudnn = torch.backends.cudnn
    with cudnn.flags(enabled=cudnn.enabled, benchmark=False, deterministic=True, allow_tf32=False):
        yield
