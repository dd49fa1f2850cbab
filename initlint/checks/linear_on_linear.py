"""IL511: two weight layers with nothing between them, which make one linear map of two scales."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Op
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact

_FULL = frozenset({"linear", "conv"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that makes the second of such a pair."""
    told: set[Place] = set()
    for second in facts.layers:
        first = facts.layer_of(second.op.inputs[0]) if second.op.inputs else None
        if first is None or second.made in told or not _one_map(first, second):
            continue
        told.add(second.made)
        message = (
            f"`{first.name}` and `{second.name}` are one linear map, as nothing stands between them: the second adds "
            f"parameters and a scale of its own, but nothing that the first can't do; put an activation between them, "
            f"or keep one"
        )
        related = ((first.made, f"`{first.name}` is made here"),) if first.made != second.made else ()
        yield Finding(
            second.made, message, Severity.INFO, related=related, class_name=facts.model.name, layer=second.name
        )


def _one_map(first: LayerFact, second: LayerFact) -> bool:
    """Whether the pair is no less than one full layer: of one kind, dense, no bottleneck, alone, and inside the net."""
    sizes = (first.fan_in, first.fan_out, second.fan_out)
    return (
        first.next == "layer"
        and first.feeds == (second.op.id,)
        and first.sole_carrier is True
        and first.in_branch is False
        and not second.head
        and first.op.name == second.op.name
        and first.op.name in _FULL
        and _dense(first.op)
        and _dense(second.op)
        and all(isinstance(size, (int, float)) for size in sizes)
        and min(float(first.fan_in), float(second.fan_out)) <= float(first.fan_out)  # type: ignore[arg-type]
        and first.weight.name != second.weight.name
    )


def _dense(op: Op) -> bool:
    return op.groups == 1


RULE = Rule("IL511", "linear-on-linear", "two weight layers with nothing between them", check, default=False)
