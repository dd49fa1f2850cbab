"""IL602: Xavier, Kaiming, orthogonal, sparse, eye or dirac on a tensor with the wrong number of dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Finding
from initlint.ir.model import Misuse
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that raises, with all the tensors that make it raise."""
    for place, found in misuses(facts, "too-few-dimensions").items():
        first = found[0]
        message = f"this call raises ValueError for {concerned(found, 'a tensor')} ({_reason(first)}); {_remedy(first)}"
        yield report_misuse(facts, place, found, message)


def _reason(misuse: Misuse) -> str:
    return (misuse.text[:1].lower() + misuse.text[1:]).rstrip(".") or "it has too few dimensions"


def _remedy(misuse: Misuse) -> str:
    if misuse.parameter.endswith("bias"):
        return "test `p.dim() > 1` first, or set biases with `zeros_`"
    return "test `p.dim() > 1` first, and leave biases and norm weights alone"


RULE = Rule("IL602", "init-needs-2d", "an initialiser that needs a matrix, called on a vector", check)
