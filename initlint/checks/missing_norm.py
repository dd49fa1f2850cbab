"""IL301: a deep stack with neither norm nor identity path, whose signal dies or explodes on the way."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import consequence, depth_finding, faults
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack, unless another rule names its cause."""
    for place, fault in faults(facts, "IL301"):
        stack, reached = fault.stack, fault.reached
        assert reached is not None
        cause = "PyTorch's default init" if stack.default else "the weights' scale"
        message = (
            f"{consequence(stack, reached)}, as {cause} compounds with no norm between; "
            f"put a norm between the layers or match each layer's gain to its activation"
        )
        yield depth_finding(facts, place, stack, message)


RULE = Rule("IL301", "missing-norm", "a deep stack without norm whose signal dies or explodes", check)
