"""IL404: a deliberate init that a later blanket init, or a second init of the same tensor, wipes out."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import callers, related_places
from initlint.checks._wording import filling, names
from initlint.diagnostics import Finding, Severity
from initlint.ir.dim import divide
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import Parameter
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts

# A standard deviation this much below the one that replaces it was chosen on purpose (a small head, say).
SMALL_STD = 0.2
STRUCTURED = frozenset({"eye", "dirac", "orthogonal"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call all of whose writes are wiped."""
    wiped: dict[Place, list[tuple[Parameter, InitAction, InitAction]]] = {}
    survives: set[Place] = set()
    for parameter in facts.model.parameters:
        final = _final(parameter)
        for held, action in zip((None, *parameter.history), parameter.history):
            if not action.explicit:
                continue
            if final is not None and _wipes(parameter, action, final) and not _put_back(held, final):
                wiped.setdefault(action.place, []).append((parameter, action, final))
            else:
                survives.add(action.place)
    for place, hits in wiped.items():
        if place not in survives:
            yield _finding(facts, place, hits)


def _final(parameter: Parameter) -> InitAction | None:
    """The one write that is left in the end, where it is known and surely happens."""
    if len(parameter.candidates) != 1:
        return None
    action = parameter.candidates[0]
    return action if action.explicit and not action.may and action.initializer.known else None


def _wipes(parameter: Parameter, first: InitAction, final: InitAction) -> bool:
    before, after = first.initializer, final.initializer
    if first.blanket or first.may or first.place == final.place or _same(before, after):
        return False
    if not before.known:
        # A copied tensor of values that we can't read; a sweep over all layers knows nothing of them.
        return before.call == "an expression" and final.blanket
    if not final.blanket and first.outer != final.outer[: len(first.outer)]:
        # An outer function that sets what an inner one made (a subclass after its base) means to.
        return False
    twice = first.outer == final.outer and not final.blanket
    if twice and first.nested < final.nested and before.constant is None:
        # A draw for all, and what an argument asks for in its place.
        return False
    return twice or _deliberate(parameter, before, after)


def _put_back(held: InitAction | None, final: InitAction) -> bool:
    """Whether the later write restores what the parameter held before: it was changed for a while, on purpose."""
    return held is not None and held.initializer == final.initializer


def _same(before: Initializer, after: Initializer) -> bool:
    if before.family == after.family == "orthogonal":
        return before.gain == after.gain
    return (before.family in STRUCTURED, before.mean, before.std) == (after.family in STRUCTURED, after.mean, after.std)


def _deliberate(parameter: Parameter, before: Initializer, after: Initializer) -> bool:
    constant = before.constant
    if parameter.name.rpartition(".")[2].endswith("bias"):
        return constant is not None and constant != 0
    if constant is not None or before.family in STRUCTURED:
        return True
    if not isinstance(before.std, (int, float)) or not isinstance(after.std, (int, float)):
        return False
    ratio = divide(before.std, after.std)
    return isinstance(ratio, (int, float)) and ratio <= SMALL_STD


def _finding(facts: Facts, place: Place, hits: list[tuple[Parameter, InitAction, InitAction]]) -> Finding:
    parameter, first, final = hits[0]
    found = names([each.name for each, _, _ in hits])
    remedy = "move it behind the later init" if final.blanket or first.outer != final.outer else "keep one of the two"
    return Finding(
        place,
        f"this init of {found} is lost: {filling(first.initializer)} is overwritten by {filling(final.initializer)}; "
        f"{remedy}",
        Severity.WARNING,
        related=related_places(place, [(final.place, "overwritten here"), *callers(facts, final)]),
        class_name=facts.model.name,
        layer=parameter.layer,
    )


RULE = Rule("IL404", "init-overwritten", "a deliberate init that a later init wipes out", check)
