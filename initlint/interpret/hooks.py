"""Hooks around a module's forward: functions that compute a weight before it, or keep or change what it gives.

https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_forward_pre_hook
"""

from __future__ import annotations

from collections.abc import Sequence

from initlint.interpret.machine import Machine
from initlint.interpret.values import Obj, Tensor, Value
from initlint.ir.place import Place

BEFORE, AFTER = ("hooked",), ("hooked after",)


def register(machine: Machine, obj: Obj, when: tuple[str], hook: Value, keywords: dict[str, Value]) -> None:
    """Keep a hook; one that asks for the keywords of the call, too, is only known to be there."""
    held = _held(obj, when)
    machine.write(obj, when, (*held, hook) if "with_kwargs" not in keywords else held)


def before(machine: Machine, obj: Obj, positional: Sequence[Value], place: Place) -> Sequence[Value]:
    """Run what is hooked before a forward: the forward's arguments, which a hook may replace."""
    from initlint.interpret.calls import call

    for hook in _held(obj, BEFORE):
        changed = call(machine, hook, [obj, tuple(positional)], {}, place)
        if isinstance(changed, (tuple, Tensor)):
            positional = changed if isinstance(changed, tuple) else (changed,)
    return positional


def after(machine: Machine, obj: Obj, positional: Sequence[Value], output: Value, place: Place) -> Value:
    """Run what is hooked behind a forward: its result, which a hook may replace."""
    from initlint.interpret.calls import call

    for hook in _held(obj, AFTER):
        changed = call(machine, hook, [obj, tuple(positional), output], {}, place)
        output = changed if isinstance(changed, (tuple, Tensor)) else output
    return output


def _held(obj: Obj, when: tuple[str]) -> tuple[Value, ...]:
    held = obj.data.get(when, ())
    return held if isinstance(held, tuple) else ()
