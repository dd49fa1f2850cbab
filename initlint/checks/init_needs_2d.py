"""IL602: Xavier, Kaiming, orthogonal, sparse, eye or dirac on a tensor with the wrong number of dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Applicability, Finding, Guard, InitCall, PlacedFix
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that raises, with all the tensors that make it raise."""
    for place, found in misuses(facts, "too-few-dimensions").items():
        first = found[0]
        message = f"this call raises ValueError for {concerned(found, 'a tensor')} ({_reason(first)}); {_remedy(first)}"
        yield report_misuse(facts, place, found, message, fix=_fix(facts, place, found))


def _fix(facts: Facts, place: Place, found: list[Misuse]) -> PlacedFix | None:
    """Zeros where the call fills nothing but biases; a test of the dimensions where it fills matrices as well."""
    wrong = {misuse.parameter for misuse in found}
    if any(misuse.place == place and misuse.may for misuse in facts.model.misuses) or "" in wrong:
        return None
    others = [
        each
        for each in facts.model.parameters
        if each.name not in wrong and any(action.place == place for action in each.history)
    ]
    if others:
        guard = Guard(place, "if {tensor}.dim() > 1")
        return PlacedFix(
            "test `.dim() > 1` first: biases and norm weights keep what they have", Applicability.UNSAFE, (guard,)
        )
    if all(name.rpartition(".")[2].endswith("bias") for name in wrong):
        zeros = InitCall(place, "torch.nn.init.zeros_")
        return PlacedFix("use `zeros_`: biases start at zero", Applicability.UNSAFE, (zeros,))
    return None


def _reason(misuse: Misuse) -> str:
    return (misuse.text[:1].lower() + misuse.text[1:]).rstrip(".") or "it has too few dimensions"


def _remedy(misuse: Misuse) -> str:
    if misuse.parameter.endswith("bias"):
        return "test `p.dim() > 1` first, or set biases with `zeros_`"
    return "test `p.dim() > 1` first, and leave biases and norm weights alone"


RULE = Rule("IL602", "init-needs-2d", "an initialiser that needs a matrix, called on a vector", check)
