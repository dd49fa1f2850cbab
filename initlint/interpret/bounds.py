"""The end of a run whose work has reached a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initlint.interpret.values import MISSING, Tensor, Value

if TYPE_CHECKING:
    from initlint.interpret.link import Namespace
    from initlint.interpret.machine import Machine


class LimitReached(Exception):
    """A bound on the work for one model was reached; its text says which. ``live`` are the tensors that the calls which
    it ended could still have used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.live: list[Tensor] = []


class TooDeep(LimitReached):
    """Calls were nested too deeply: in a forward, a recursion that nothing ends, which repeats layers without limit."""


def looked_up(machine: Machine, namespace: Namespace, name: str) -> Value:
    """What a name means at the top level of a file; MISSING where nothing binds it, or what does reaches a bound."""
    try:
        return machine.module_name(namespace, name)
    except (LimitReached, RecursionError):
        return MISSING
