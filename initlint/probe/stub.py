"""The function that a user pastes where the probe found no way by itself."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from torch import nn


def stub(entry: Any, arguments: Mapping[str, Any]) -> str:
    """``initlint_probe()`` for a class, a function or an instance, with what is known filled in."""
    name = getattr(entry, "__name__", type(entry).__name__)
    given = ", ".join(_constructor(entry, arguments))
    inputs = _inputs(entry)
    lines = [
        "def initlint_probe():",
        f"    model = {name}({given})" if not isinstance(entry, nn.Module) else "    model = ...  # the instance",
        f"    args = ({', '.join('torch.randn(17, ...)' for _ in inputs)},)  # {', '.join(inputs)}"
        if inputs
        else "    args = (torch.randn(17, ...),)",
        "    return model, args",
    ]
    return "\n".join(lines) + "\n"


def _constructor(entry: Any, arguments: Mapping[str, Any]) -> list[str]:
    try:
        parameters = inspect.signature(entry).parameters.values()
    except (TypeError, ValueError):
        return []
    required = [each for each in parameters if each.default is each.empty and each.kind not in (2, 4)]
    return [f"{each.name}={_shown(arguments.get(each.name, ...))}" for each in required]


def _shown(value: Any) -> str:
    return repr(value) if isinstance(value, (int, float, str, bool, list, tuple)) else "..."


def _inputs(entry: Any) -> list[str]:
    forward = getattr(entry, "forward", None)
    try:
        parameters = list(inspect.signature(forward).parameters.values()) if forward is not None else []
    except (TypeError, ValueError):
        return []
    return [each.name for each in parameters if each.name != "self" and each.default is each.empty
            and each.kind not in (2, 4)]  # fmt: skip
