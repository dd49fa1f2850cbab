"""Who gave each parameter its values: the initialising calls of a constructor, each with its source lines.

:class:`Recorder` watches every function of torch that runs while it is active
(https://docs.pytorch.org/docs/stable/notes/extending.html#extending-torch-python-api). A parameter is known by its
storage, which ``nn.Parameter`` and ``.data`` share with the tensor that was written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from initlint.ir.measured import Write
from initlint.probe.lines import Project, frames

_MOST = 8
_INIT = ("torch/nn/init.py", "torch\\nn\\init.py", "transformers/initialization.py")
_LIBRARY = ("torch/nn/modules", "torch\\nn\\modules")
_SETS = frozenset({"__setitem__", "__set__"})
# What these return has the values of their tensor: on another device, or in another type.
_MOVES = frozenset(
    {"to", "cuda", "cpu", "float", "double", "half", "bfloat16", "type", "type_as", "contiguous", "pin_memory"}
)
# What changes a tensor, but not its values.
_KEEPS = frozenset({"requires_grad_", "share_memory_", "detach_", "rename_"})


class Recorder(TorchFunctionMode):
    """Records, while it is active, what writes to each storage."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._writes: dict[int, list[Write]] = {}

    def __torch_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the function, and note what it wrote."""
        kwargs = kwargs or {}
        result = function(*args, **kwargs)
        name = getattr(function, "__name__", "")
        if name == "__set__" and not self._sets_values(function, args):
            return result
        if name in _SETS or (name.endswith("_") and not name.startswith("__") and name not in _KEEPS):
            target = args[0] if args else kwargs.get("tensor")
            if isinstance(target, torch.Tensor):
                self._note(target, name, fresh=False)
        elif isinstance(result, torch.Tensor) and not name.startswith("__get"):
            given = {_key(each) for each in (*args, *kwargs.values()) if isinstance(each, torch.Tensor)}
            if _key(result) not in given and not (name in _MOVES and self._follow(args[0], result)):
                self._note(result, name, fresh=True)
        return result

    def _sets_values(self, function: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        """Whether an attribute that is set is the values, and they are not a module's own, moved by ``Module.to``."""
        if getattr(getattr(function, "__self__", None), "__name__", "data") != "data":
            return False
        return not (sys._getframe(2).f_code.co_name == "_apply" and self.writes(args[1]))

    def _follow(self, source: torch.Tensor, moved: torch.Tensor) -> bool:
        """What was written to a tensor was written to its copy, too; whether anything was."""
        known, key = self.writes(source), _key(moved)
        if known and key is not None:
            self._writes[key] = list(known)
        return bool(known)

    def _note(self, target: torch.Tensor, name: str, fresh: bool) -> None:
        key = _key(target)
        if key is None:
            return
        frame: FrameType | None = sys._getframe(2)
        inner, outer = self.project.lines(frame)
        call, default = _caller(frame, name, self.project)
        write = Write(call, inner, outer, default)
        if fresh:
            self._writes[key] = [write]
            return
        known = self._writes.setdefault(key, [])
        known.append(write)
        if len(known) > _MOST:
            del known[1]

    def writes(self, tensor: torch.Tensor) -> tuple[Write, ...]:
        """What wrote to a tensor's storage, in order; the first made it."""
        key = _key(tensor)
        return tuple(self._writes.get(key, ())) if key is not None else ()


def _key(tensor: torch.Tensor) -> int | None:
    try:
        return int(tensor.untyped_storage()._cdata)
    except (RuntimeError, NotImplementedError):  # sparse, or wrapped: no storage of its own
        return None


def _caller(frame: FrameType | None, name: str, project: Project) -> tuple[str, bool]:
    """The name of the initialiser that the user would write, and whether a layer's own constructor called it."""
    default = False
    for each in frames(frame):
        path = each.f_code.co_filename
        if project.holds(path):
            break
        if path.endswith(_INIT) and not each.f_code.co_name.startswith("_"):
            name = each.f_code.co_name
        elif any(part in path for part in _LIBRARY):
            default = True
    return name, default
