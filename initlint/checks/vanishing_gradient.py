"""IL303: a stack whose gradient vanishes on the way back, though the signal passes forward."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import depth_finding, faults, looks_fine, over
from initlint.checks._wording import factor
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack, unless the signal dies forward, too."""
    for place, fault in faults(facts, "IL303"):
        if fault.gradient is None:
            continue
        first = fault.stack.hidden[0].name
        kept = ", though the standard deviation of all elements looks fine" if looks_fine(fault.stack) else ""
        message = (
            f"`{first}` learns next to nothing: its gradient is ×{factor(fault.gradient)} of the last hidden layer's "
            f"{over(fault.stack)}{kept}; put norms or skips between, or use an activation around 0 (ReLU, tanh) with "
            f"weights of its gain and zero biases"
        )
        yield depth_finding(facts, place, fault.stack, message)


RULE = Rule("IL303", "vanishing-gradient", "a stack whose gradient vanishes though its signal does not", check)
