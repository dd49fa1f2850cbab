"""Questions about sweeps that several rules ask."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.ir.model import Model, Parameter
from initlint.ir.sweep import Guard, Sweep
from initlint.ir.unknown import Unknown

# Kinds of the catalogue whose layers sum their inputs by a weight.
WEIGHT_KINDS = frozenset({"linear", "conv", "conv_transpose", "bilinear"})


def idle(sweep: Sweep) -> bool:
    """Whether a sweep that is there to initialise something surely filled nothing."""
    return (
        sweep.fills
        and sweep.complete
        and not sweep.may
        and not sweep.filled
        and not any(guard.open for guard in sweep.guards)
    )


def blocking(sweep: Sweep) -> Guard | None:
    """The condition that keeps a sweep from filling anything: the first that held for nothing and guards an init, or
    that held for all and goes on to the next."""
    for guard in sweep.guards:
        if (guard.fills and not guard.held) or (guard.leaves and not guard.failed and not guard.fills):
            return guard
    return None


def at_default(parameter: Parameter) -> bool:
    """Whether nothing of the source writes the parameter."""
    return not any(action.explicit for action in parameter.history)


def weights_below(model: Model, root: str) -> Iterator[tuple[str, Parameter]]:
    """The weights of linear and convolution layers below a module, each with the layer's class."""
    prefix = f"{root}." if root else ""
    modules = {module.path: module for module in model.modules}
    for parameter in model.parameters:
        module = modules.get(parameter.layer)
        if module is None or module.kind not in WEIGHT_KINDS or not parameter.name.startswith(prefix):
            continue
        if parameter.name.endswith("weight") and not isinstance(parameter.shape, Unknown) and parameter.trainable:
            yield module.type.rpartition(".")[2], parameter
