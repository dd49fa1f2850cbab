"""What a model's constructor was called with, whoever called it."""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

import torch
from torch import nn

_FRAMES = 12
_DEPTH = 2
_PLAIN = (int, float, str, bool, type(None))


class Calls:
    """The arguments of the modules that are constructed while it watches."""

    def __init__(self) -> None:
        self._locals: dict[int, tuple[nn.Module, dict[str, Any]]] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what is constructed inside."""
        own = nn.Module.__init__

        def init(module: nn.Module, *args: Any, **kwargs: Any) -> None:
            frame = _constructor(module, sys._getframe(1))
            if frame is not None:
                self._locals[id(module)] = (module, dict(frame.f_locals))
            own(module, *args, **kwargs)

        nn.Module.__init__ = init  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            nn.Module.__init__ = own  # type: ignore[method-assign]

    def of(self, module: nn.Module) -> Mapping[str, Any] | None:
        """The arguments that are not the defaults, of an object that holds plain values (a configuration) its
        attributes, under ``config.depth``; None where one is neither, or nothing is known."""
        held = self._locals.get(id(module))
        if held is None or held[0] is not module:
            return None
        try:
            parameters = list(inspect.signature(type(module).__init__).parameters.values())[1:]
        except (TypeError, ValueError):
            return None
        found: dict[str, Any] = {}
        for each in parameters:
            value = held[1].get(each.name, each.default)
            if each.kind is each.VAR_POSITIONAL and value:
                return None
            if each.kind is each.VAR_KEYWORD:
                found.update(value if isinstance(value, dict) else {})
            elif each.kind is not each.VAR_POSITIONAL and value is not each.default:
                found[each.name] = value
        with _silent():
            parts = self._parts(found)
        return {path: each for part in parts for path, each in part.items()} if all(parts) else None

    @staticmethod
    def _parts(found: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{name: each} if _plain(each) else dict(_attributes(name, each)) for name, each in found.items()]


def _constructor(module: nn.Module, frame: FrameType | None) -> FrameType | None:
    """The frame of the instance's own constructor: the outermost of those that lead here."""
    found = None
    for _ in range(_FRAMES):
        if frame is None:
            break
        code = frame.f_code
        if code.co_name == "__init__" and code.co_argcount and frame.f_locals.get(code.co_varnames[0]) is module:
            found = frame
        frame = frame.f_back
    return found


@contextmanager
def _silent() -> Iterator[None]:
    """Without what a property says in the log of being out of date."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _attributes(path: str, value: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The attributes of an object that are plain values, those of objects in it included; properties, too."""
    if depth > _DEPTH or isinstance(value, (torch.Tensor, nn.Module, type)) or not hasattr(value, "__dict__"):
        return
    names = [name for name in vars(value) if not name.startswith("_")]
    own = (each for base in type(value).__mro__ for each in vars(base).items())
    names += [name for name, each in own if not name.startswith("_") and (isinstance(each, property) or _plain(each))]
    other = getattr(value, "attribute_map", None)  # transformers: other names of the same
    names += list(other) if isinstance(other, dict) else []
    for name in dict.fromkeys(names):
        try:
            held = getattr(value, name)
        except Exception:  # a property of what is not set
            continue
        if _plain(held):
            yield f"{path}.{name}", held
        else:
            yield from _attributes(f"{path}.{name}", held, depth + 1)


def _plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_plain, (*value, *value.values())))
    return all(map(_plain, value)) if isinstance(value, (list, tuple)) else isinstance(value, _PLAIN)
