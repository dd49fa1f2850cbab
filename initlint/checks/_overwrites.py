"""Which of two writes to one parameter undoes what the other meant."""

from __future__ import annotations

from initlint.ir.dim import divide
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import Parameter

# A standard deviation this much below the one that replaces it was chosen on purpose (a small head, say).
SMALL_STD = 0.2
STRUCTURED = frozenset({"eye", "dirac", "orthogonal"})


def final_write(parameter: Parameter) -> InitAction | None:
    """The one write that is left in the end, where it is known and surely happens."""
    if len(parameter.candidates) != 1:
        return None
    action = parameter.candidates[0]
    return action if action.explicit and not action.may and action.initializer.known else None


def wipes(parameter: Parameter, first: InitAction, final: InitAction) -> bool:
    """Whether the later write undoes what the first one meant."""
    before, after = first.initializer, final.initializer
    if first.blanket or first.may or first.place == final.place or _same(before, after):
        return False
    if before.family == "loaded":
        return final.blanket
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


def put_back(held: InitAction | None, final: InitAction) -> bool:
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
