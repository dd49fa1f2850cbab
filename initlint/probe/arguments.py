"""What a model's constructor was called with, whoever called it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from torch import nn

_FRAMES = 12
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
        """The arguments that are not the defaults; None where one is no plain value, or nothing is known."""
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
        return found if all(map(_plain, found.values())) else None


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


def _plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_plain, (*value, *value.values())))
    return all(map(_plain, value)) if isinstance(value, (list, tuple)) else isinstance(value, _PLAIN)
