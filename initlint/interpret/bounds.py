"""The end of a run whose work has reached a bound."""

from __future__ import annotations

from initlint.interpret.values import Tensor


class LimitReached(Exception):
    """A bound on the work for one model was reached; its text says which. ``live`` are the tensors that the calls which
    it ended could still have used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.live: list[Tensor] = []


class TooDeep(LimitReached):
    """Calls were nested too deeply: in a forward, a recursion that nothing ends, which repeats layers without limit."""
