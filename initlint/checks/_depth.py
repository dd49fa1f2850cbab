"""Stacks in which the signal dies or explodes with depth, and no other rule names the cause."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._scale import end_to_end, he_runs, leaves_limits, second_moment, xavier_runs
from initlint.checks._weights import constant_of, first_action, report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.place import Place
from initlint.signal.facts import Facts, Stack

HIDDEN_LAYERS = 3


def off_scale(facts: Facts) -> list[tuple[Stack, float]]:
    """Stacks of at least three hidden layers whose across-input std at the last hidden pre-activation leaves the limits
    (see :data:`initlint.checks._scale.LIMITS`), with that std relative to the stack's input."""
    named = {layer.op.id for run in [*xavier_runs(facts), *he_runs(facts)] if run.compounds for layer in run.layers}
    found = []
    for stack in facts.stacks:
        reached = end_to_end(stack)
        if reached is None or len(stack.hidden) < HIDDEN_LAYERS or not leaves_limits(reached, stack.tolerance):
            continue
        if not any(each.op.id in named or constant_of(each.weight) is not None for each in stack.hidden):
            found.append((stack, reached))
    return found


def default_before_rectifiers(stack: Stack) -> bool:
    """Whether the cause is PyTorch's default init, whose gain of 1/3 is six times too small before ReLU. A layer
    without activation, such as a latent, is no evidence against it."""
    inner = [layer.activation for layer in stack.hidden[:-1] if layer.activation or layer.next != "layer"]
    rectified = [each is not None and second_moment(each) is not None for each in inner]
    return stack.default and len(rectified) > len(stack.hidden) // 2 and all(rectified)


def worst_by_place(stacks: list[tuple[Stack, float]]) -> Iterator[tuple[Place, Stack, float]]:
    """For each line that builds such stacks, the first of them."""
    places: dict[Place, tuple[Stack, float]] = {}
    for stack, reached in stacks:
        places.setdefault(stack.hidden[0].made, (stack, reached))
    for place, (stack, reached) in places.items():
        yield place, stack, reached


def consequence(stack: Stack, reached: float) -> str:
    """What happens over the stack, in numbers: the start of the message."""
    hidden = stack.hidden
    over = f"over {plural(len(hidden), 'hidden layer')} (`{hidden[0].name}` to `{hidden[-1].name}`)"
    if reached < 1:
        return f"inputs become indistinguishable: their spread falls to ×{factor(reached)} {over}"
    return f"the signal explodes: its spread grows to ×{factor(reached)} {over}"


def depth_finding(facts: Facts, place: Place, stack: Stack, message: str, fix: PlacedFix | None = None) -> Finding:
    """A warning where the stack is built; where it is judged, and what sets its scale, are related."""
    last, action = stack.hidden[-1], first_action(stack.hidden[0])
    also = [(last.made, f"judged at the output of `{last.name}`")]
    if action.explicit:
        also.append((action.place, "the scale is set here"))
    return report(facts, place, stack.hidden[:1], message, Severity.WARNING, also, fix)
