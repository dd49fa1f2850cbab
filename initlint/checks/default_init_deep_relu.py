"""IL302: a deep ReLU stack at PyTorch's default init, which keeps 1/6 of the variance at each layer."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import consequence, default_before_rectifiers, depth_finding, off_scale, worst_by_place
from initlint.checks._scale import second_moment
from initlint.checks._wording import factor, kaiming_remedy, title
from initlint.diagnostics import Finding
from initlint.ir.model import Op
from initlint.rule import Rule
from initlint.signal.facts import Facts

# fan_in · Var(W) of kaiming_uniform_ with a=√5, the default of Linear and Conv.
DEFAULT_GAIN = 1 / 3


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack."""
    stacks = [(stack, reached) for stack, reached in off_scale(facts) if default_before_rectifiers(stack)]
    for place, stack, reached in worst_by_place(stacks):
        activation = next((layer.activation for layer in stack.hidden if layer.activation), None)
        if activation is None:
            continue
        message = (
            f"{consequence(stack, reached)}, as PyTorch's default init {_kept(activation)}; "
            f"initialise the weights with {kaiming_remedy(activation)} and the biases with `zeros_`"
        )
        yield depth_finding(facts, place, stack, message)


def _kept(activation: Op) -> str:
    moment = second_moment(activation) or 0.5
    if activation.name in {"relu", "relu6"}:
        return f"keeps 1/6 of the variance at each {title(activation)}"
    return f"keeps at most ×{factor(moment * DEFAULT_GAIN)} of the variance at each {title(activation)}"


RULE = Rule(
    "IL302", "default-init-deep-relu", "a deep ReLU stack without norm at PyTorch's default init", check,
    of_defaults=True,
)  # fmt: skip
