"""The rules of this project."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.plugin import Facts, Finding, Rule, Severity


def default_init_left(facts: Facts) -> Iterator[Finding]:
    """ACME101: with us, the init of each hidden linear layer is written down."""
    kinds = {module.path: module.kind for module in facts.model.modules}
    for layer in facts.layers:
        # `None` and Unknown mean that it is not known; a rule says nothing then.
        if layer.head or kinds.get(layer.weight.layer) != "linear":
            continue
        if not any(action.explicit for action in layer.weight.history):
            message = f"`{layer.name}` keeps PyTorch's default init; say in the constructor what it should be"
            yield Finding(layer.made, message, Severity.INFO, class_name=facts.model.name, layer=layer.name)


RULES = [
    Rule(
        "ACME101", "default-init-left", "a hidden linear layer left at the default", default_init_left, of_defaults=True
    )
]
