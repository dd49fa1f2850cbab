"""``torch.autograd.Function``: a forward with a backward of its own, run by ``apply`` with a context.

https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.Function
"""

from __future__ import annotations

from initlint.interpret.machine import Machine
from initlint.interpret.values import External, FunctionValue, Obj, PartialValue, Value

FUNCTIONS = frozenset({"torch.autograd.Function", "torch.autograd.function.Function"})
_CONTEXT = "torch.autograd.function.FunctionCtx"
# What the context is told for the backward.
_TOLD = ("save_for_backward", "save_for_forward", "mark_dirty", "mark_non_differentiable", "set_materialize_grads")
NOTHING = tuple(f"{_CONTEXT}.{name}" for name in _TOLD)


def applied(machine: Machine, forward: Value) -> Value:
    """``apply`` of a class with this ``forward``: it, with a context that holds what is set on it."""
    if not isinstance(forward, FunctionValue):
        return forward
    context = Obj(External(_CONTEXT), machine.here, machine.outer())
    context.data.update(zip(_TOLD, map(External, NOTHING)))
    return PartialValue(forward, (context,), {})
