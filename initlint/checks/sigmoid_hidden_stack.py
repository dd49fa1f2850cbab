"""IL305: a stack of sigmoid hidden layers, deep enough to kill the gradient whatever the init."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import depth_finding, faults, over
from initlint.checks._wording import factor
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack."""
    for place, fault in faults(facts, "IL305"):
        parts = []
        if fault.gradient is not None:
            parts.append(f"the first layer's gradient is ×{factor(fault.gradient)} of the last hidden one's")
        if fault.reached is not None and fault.reached < 1:
            parts.append(f"what tells inputs apart falls to ×{factor(fault.reached)}")
        message = (
            f"{' and '.join(parts)} {over(fault.stack)}: a sigmoid's slope is 1/4 at most, so every layer divides by 4 "
            f"or more; use ReLU with `kaiming_normal_`, or a norm before each sigmoid"
        )
        yield depth_finding(facts, place, fault.stack, message)


RULE = Rule("IL305", "sigmoid-hidden-stack", "sigmoid hidden layers in a stack deep enough to kill the gradient", check)
