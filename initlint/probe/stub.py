"""The function that a user pastes where the probe found no way by itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from torch import nn

from initlint.probe.names import Settings


def stub(entry: Any, arguments: Mapping[str, Any]) -> str:
    """``initlint_probe()`` for a class, a function or an instance, with what is known filled in."""
    name = getattr(entry, "__name__", type(entry).__name__)
    given, method, inputs = ", ".join(_constructor(entry, arguments)), _called(entry), _inputs(entry)
    build = f"{'Called' if method else name}({given})" if not isinstance(entry, nn.Module) else "...  # the instance"
    noise = ", ".join("torch.randn(17, ...)" for _ in inputs or "x")
    lines = [
        "def initlint_probe():",
        "    import torch",
        *(["    import types"] if "types." in given else []),
        *(["", f"    class Called({name}):", f"        forward = {name}.{method}", ""] if method else []),
        f"    model = {build}",
        f"    args = ({noise},){'  # ' if inputs else ''}{', '.join(inputs)}",
        "    return model, args",
    ]
    return "\n".join(lines) + "\n"


def _called(entry: Any) -> str:
    """For a class without a forward, the method of its own that is the likeliest to be called."""
    if not inspect.isclass(entry) or not issubclass(entry, nn.Module) or entry.forward is not nn.Module.forward:
        return ""
    own = [name for name, each in vars(entry).items() if inspect.isfunction(each) and not name.startswith("_")]
    likely = [name for name in own if re.search("get_|act|predict|encode", name)]
    return next(iter((*likely, *own)), "...")


def _constructor(entry: Any, arguments: Mapping[str, Any]) -> list[str]:
    try:
        parameters = inspect.signature(entry).parameters.values()
    except (TypeError, ValueError):
        return []
    required = [each for each in parameters if each.default is each.empty and each.kind not in (2, 4)]
    return [f"{each.name}={_shown(arguments.get(each.name, ...))}" for each in required]


def _shown(value: Any) -> str:
    plain = (int, float, str, bool, list, tuple, Settings)
    return "..." if not isinstance(value, plain) or (isinstance(value, Settings) and not value.values) else repr(value)


def _inputs(entry: Any) -> list[str]:
    forward = getattr(entry, "forward", None)
    try:
        parameters = list(inspect.signature(forward).parameters.values()) if forward is not None else []
    except (TypeError, ValueError):
        return []
    return [each.name for each in parameters if each.name != "self" and each.default is each.empty
            and each.kind not in (2, 4)]  # fmt: skip
