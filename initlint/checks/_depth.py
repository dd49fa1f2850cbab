"""Plain stacks in which the signal dies or explodes with depth, and which rule names the cause."""

from __future__ import annotations

import math
from collections.abc import Iterator

from initlint.checks._fans import misplaced_root, misread
from initlint.checks._scale import (
    end_to_end,
    hard_coded,
    he_runs,
    leaves_limits,
    misfit_runs,
    second_moment,
    xavier_runs,
)
from initlint.checks._weights import constant_of, first_action, report
from initlint.checks._wording import factor, plural
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.data import dataclass
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.activations import canonical
from initlint.signal.facts import Facts, Stack, State

HIDDEN_LAYERS = 3
SIGMOIDS = frozenset({"sigmoid", "hardsigmoid"})
# A sigmoid's slope is at most 1/4, so that no other init helps: judged a decade earlier than other causes.
EARLIER = 10
# What a glance at the standard deviation of all elements takes for healthy.
FINE = (0.3, 10.0)


@dataclass(frozen=True, slots=True)
class Fault:
    """A stack out of its limits: ``reached`` is the across-input std at the last hidden pre-activation, ``gradient``
    the gradient's at the first, None where not known; ``cause`` the code of the rule that names it."""

    stack: Stack
    reached: float | None
    gradient: float | None
    cause: str


def faults(facts: Facts, cause: str) -> Iterator[tuple[Place, Fault]]:
    """The faults of that cause: for each line that builds such stacks, the first."""
    deep = [stack for stack in facts.stacks if len(stack.hidden) >= HIDDEN_LAYERS and not _copied(stack)]
    told = _named(facts) if deep or facts.spans else set()
    named = told | {layer.op.id for layer in facts.layers if constant_of(layer.weight) is not None}
    places: dict[Place, Fault] = {}
    for stack in deep:
        fault = None if any(each.op.id in named for each in stack.hidden) else _fault(facts, stack)
        if fault is not None:
            told |= {each.op.id for each in stack.hidden}
            if fault.cause == cause:
                places.setdefault(stack.hidden[0].made, fault)
    for span in facts.spans:
        fault = None if any(each.op.id in told for each in span.hidden) else _lost(facts, span)
        if fault is not None and fault.cause == cause:
            places.setdefault(span.hidden[0].made, fault)
    yield from places.items()


def _copied(stack: Stack) -> bool:
    """Whether other layers, at which they are judged, gave it weights."""
    return any(action.copied for layer in stack.hidden for action in layer.weight.candidates)


def _named(facts: Facts) -> set[int]:
    """The layers of whose scale a rule speaks already: of a run that compounds, or of a wrong fan."""
    runs = [*xavier_runs(facts), *he_runs(facts), *misfit_runs(facts)]
    misscaled = {each.op.id for each in facts.layers if misread(facts, each) is not None or misplaced_root(facts, each)}
    return misscaled | {layer.op.id for run in runs if run.compounds for layer in run.layers}


def _fault(facts: Facts, stack: Stack) -> Fault | None:
    reached, gradient = end_to_end(stack), first_gradient(stack)
    lost = reached is not None and leaves_limits(facts, stack, reached)
    limit = facts.thresholds.gradient / 10 ** (2 * stack.tolerance)
    cause = ""
    if _mostly_sigmoid(stack):
        early = gradient is not None and gradient < EARLIER * limit
        cause = "IL305" if early or (lost and reached is not None and reached < 1) else ""
    elif lost and reached is not None:
        cause = _forward_cause(stack, reached)
        if cause == "IL301" and gradient is not None and gradient < limit and looks_fine(stack):
            cause = "IL303"
    elif reached is not None and gradient is not None and gradient < limit:
        cause = "IL303"  # where the signal's way forward is not known, it may die there first
    # A branch beside an identity may start as small as it likes: the signal does not depend on it; and so may what goes
    # into a layer that starts at zero.
    ends = {stack.layers[-1].op.id, *stack.layers[-1].feeds}
    apart = any(each.in_branch is not False for each in stack.hidden) or any(
        each.op.id in ends and constant_of(each.weight) == 0 for each in facts.layers
    )
    small = cause and (reached is None or reached < 1) and apart
    return Fault(stack, reached, gradient, cause) if cause and not small else None


def _lost(facts: Facts, span: Stack) -> Fault | None:
    """What a span loses; where it grows, its stream does, of which another rule speaks."""
    reached = end_to_end(span)
    if reached is None or reached >= 1 or reached == 0 or not leaves_limits(facts, span, reached):
        return None
    # Layers that end a branch have no activation of their own.
    named = [layer.activation.name for layer in span.hidden if layer.activation is not None]
    sigmoids = sum(canonical(name) in SIGMOIDS for name in named)
    return Fault(span, reached, None, "IL305" if 2 * sigmoids > len(named) else _forward_cause(span, reached))


def _forward_cause(stack: Stack, reached: float) -> str:
    if default_before_rectifiers(stack):
        return "IL302"
    if sum(map(hard_coded, stack.hidden)) > len(stack.hidden) // 2:
        return "IL205" if reached < 1 else "IL204"
    return "IL301"


def looks_fine(stack: Stack) -> bool:
    """Whether the total standard deviation, which an offset holds up that all inputs share, hides what is lost."""
    first, last = stack.hidden[0].after, stack.hidden[-1].after
    if not isinstance(first, State) or not isinstance(last, State) or first.second == 0:
        return False
    return FINE[0] <= math.sqrt(last.second / first.second) <= FINE[1]


def _mostly_sigmoid(stack: Stack) -> bool:
    inner = [layer.activation for layer in stack.hidden[:-1]]
    return 2 * sum(each is not None and canonical(each.name) in SIGMOIDS for each in inner) > len(inner)


def default_before_rectifiers(stack: Stack) -> bool:
    """Whether the cause is PyTorch's default init, whose gain of 1/3 is six times too small before ReLU. A layer
    without activation, such as a latent, is no evidence against it."""
    inner = [layer.activation for layer in stack.hidden[:-1] if layer.activation or layer.next != "layer"]
    rectified = [each is not None and second_moment(each) is not None for each in inner]
    return stack.default and len(rectified) > len(stack.hidden) // 2 and all(rectified)


def first_gradient(stack: Stack) -> float | None:
    """The gradient's standard deviation at the first layer, relative to the last hidden one."""
    value = stack.backward[0] if stack.backward else None
    return None if value is None or isinstance(value, Unknown) else float(value)


def over(stack: Stack) -> str:
    """«over 12 hidden layers (`fc0` to `fc11`)»."""
    hidden = stack.hidden
    return f"over {plural(len(hidden), 'hidden layer')} (`{hidden[0].name}` to `{hidden[-1].name}`)"


def consequence(stack: Stack, reached: float) -> str:
    """What happens over the stack, in numbers: the start of the message."""
    if reached < 1:
        return f"inputs become indistinguishable: their spread falls to ×{factor(reached)} {over(stack)}"
    return f"the signal explodes: its spread grows to ×{factor(reached)} {over(stack)}"


def depth_finding(facts: Facts, place: Place, stack: Stack, message: str, fix: PlacedFix | None = None) -> Finding:
    """A warning where the stack is built; where it is judged, and what sets its scale, are related."""
    last, action = stack.hidden[-1], first_action(stack.hidden[0])
    also = [(last.made, f"judged at the output of `{last.name}`")]
    if action.explicit:
        also.append((action.place, "the scale is set here"))
    return report(facts, place, stack.hidden[:1], message, Severity.WARNING, also, fix)
