"""Functions of a library that projects copied, told by what they look like."""

from __future__ import annotations

from initlint.ir import code
from initlint.syntax.calls import calls


def is_truncated_normal(function: code.Function | code.Lambda) -> bool:
    """Whether a function is the truncated normal that was copied into many projects before torch had it: by its
    arguments, and the inverse error function that it calls."""
    names = tuple(parameter.name for parameter in function.parameters[1:5])
    if names != ("mean", "std", "a", "b") or not isinstance(function, code.Function):
        return False
    return any(
        isinstance(call.function, code.Attribute) and call.function.name == "erfinv_" for call in calls(function.body)
    )
