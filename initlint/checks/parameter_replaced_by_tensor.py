"""IL604: a plain tensor where a Parameter belongs: the assignment raises, or no optimiser ever sees the weight."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts

_METHODS = frozenset({"*", "/", "+", "-", "@", "**"})


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each assignment that raises TypeError, and for each parameter that arithmetic or a move lost."""
    for place, found in misuses(facts, "not-a-parameter").items():
        message = (
            f"this raises TypeError: {concerned(found, 'the attribute')} is a Parameter, and what is assigned is none; "
            f"initialise it in place, or wrap the new tensor in `nn.Parameter`"
        )
        yield report_misuse(facts, place, found, message)
    for place, found in misuses(facts, "lost-parameter").items():
        moved = found[0].text == "to"
        when = ", once the move changes device or dtype" if moved else ""
        message = (
            f"{concerned(found, 'this')} never trains{when}: {_how(found[0].text)} a Parameter gives a plain tensor, "
            f"which the module doesn't register; make the tensor first, and wrap it in `nn.Parameter` last"
        )
        yield report_misuse(facts, place, found, message, Severity.WARNING if moved else Severity.ERROR)


def _how(operation: str) -> str:
    if operation in _METHODS:
        return "arithmetic on"
    return "a view of" if operation == "view" else f"`.{operation}()` of"


RULE = Rule("IL604", "parameter-replaced-by-tensor", "a plain tensor where a module needs a Parameter", check)
