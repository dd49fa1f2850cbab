"""IL602: Xavier, Kaiming, orthogonal, sparse, eye or dirac on a tensor with the wrong number of dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import related_places
from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts

KIND = "too-few-dimensions"


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that raises, with all the tensors that make it raise."""
    calls: dict[Place, list[Misuse]] = {}
    for misuse in facts.model.misuses:
        if misuse.kind == KIND and not misuse.may:
            calls.setdefault(misuse.place, []).append(misuse)
    for place, misuses in calls.items():
        first = misuses[0]
        tensors = names([misuse.parameter for misuse in misuses if misuse.parameter]) or "a tensor"
        message = f"this call raises ValueError for {tensors} ({_reason(first)}); {_remedy(first)}"
        yield Finding(
            place,
            message,
            Severity.ERROR,
            related=related_places(
                place, [(outer, "reached from here") for outer in first.outer if outer != facts.model.site]
            ),
            class_name=facts.model.name,
            layer=first.parameter,
        )


def _reason(misuse: Misuse) -> str:
    return (misuse.text[:1].lower() + misuse.text[1:]).rstrip(".") or "it has too few dimensions"


def _remedy(misuse: Misuse) -> str:
    if misuse.parameter.endswith("bias"):
        return "test `p.dim() > 1` first, or set biases with `zeros_`"
    return "test `p.dim() > 1` first, and leave biases and norm weights alone"


RULE = Rule("IL602", "init-needs-2d", "an initialiser that needs a matrix, called on a vector", check)
