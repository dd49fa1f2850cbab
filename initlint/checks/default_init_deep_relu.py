"""IL302: a deep ReLU stack at PyTorch's default init, which keeps 1/6 of the variance at each layer."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._depth import consequence, depth_finding, faults
from initlint.checks._fixes import CHANGES
from initlint.checks._scale import second_moment
from initlint.checks._wording import factor, kaiming_arguments, kaiming_remedy, title
from initlint.diagnostics import Applicability, Finding, NewLines, PlacedFix
from initlint.ir.model import Op
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, Stack

# fan_in · Var(W) of kaiming_uniform_ with a=√5, the default of Linear and Conv.
DEFAULT_GAIN = 1 / 3


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack."""
    for place, fault in faults(facts, "IL302"):
        stack, reached = fault.stack, fault.reached
        activation = next((layer.activation for layer in stack.hidden if layer.activation), None)
        if activation is None or reached is None:
            continue
        message = (
            f"{consequence(stack, reached)}, as PyTorch's default init {_kept(activation)}; "
            f"initialise the weights with {kaiming_remedy(activation)} and the biases with `zeros_`"
        )
        yield depth_finding(facts, place, stack, message, _fix(facts, place, stack, activation))


def _fix(facts: Facts, place: Place, stack: Stack, activation: Op) -> PlacedFix | None:
    """A loop at the end of the constructor over the layers of these kinds, if nothing else in it is of the same kind
    but with another activation."""
    given = kaiming_arguments(activation)
    types = {module.path: module.type for module in facts.model.modules}
    kinds = dict.fromkeys(types.get(layer.weight.layer, "") for layer in stack.layers)
    alike = [layer for layer in facts.layers if types.get(layer.weight.layer, "") in kinds]
    if given is None or not all(kind.startswith("torch.nn.") for kind in kinds):
        return None
    if any(layer.activation is not None and kaiming_arguments(layer.activation) != given for layer in alike):
        return None
    listed = ", ".join(f"{{{kind}}}" for kind in kinds)
    lines = [
        "for module in self.modules():",
        f"    if isinstance(module, {listed if len(kinds) == 1 else f'({listed})'}):",
        f"        {{torch.nn.init.kaiming_normal_}}({', '.join(['module.weight', *given])})",
    ]
    if any(layer.bias is not None for layer in alike):
        every = all(layer.bias is not None for layer in alike)
        lines += [] if every else ["        if module.bias is not None:"]
        lines += [f"{'    ' * (2 if every else 3)}{{torch.nn.init.zeros_}}(module.bias)"]
    message = f"initialise all of them at the end of the constructor: the signal keeps its scale, and {CHANGES}"
    return PlacedFix(message, Applicability.UNSAFE, (NewLines(place, "\n".join(lines), "end"),))


def _kept(activation: Op) -> str:
    moment = second_moment(activation) or 0.5
    if activation.name in {"relu", "relu6"}:
        return f"keeps 1/6 of the variance at each {title(activation)}"
    return f"keeps at most ×{factor(moment * DEFAULT_GAIN)} of the variance at each {title(activation)}"


RULE = Rule(
    "IL302", "default-init-deep-relu", "a deep ReLU stack without norm at PyTorch's default init", check,
    of_defaults=True,
)  # fmt: skip
