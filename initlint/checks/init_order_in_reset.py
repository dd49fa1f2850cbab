"""IL608: a method that initialises runs before the constructor has made what it reads."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import misuses, report_misuse
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call of such a method: the first attribute that is missing raises."""
    seen: set[object] = set()
    for place, found in misuses(facts, "missing-attribute").items():
        first = found[0]
        if first.outer in seen:
            continue
        seen.add(first.outer)
        message = (
            f"this raises AttributeError: `{first.text}` is set later in the constructor than this runs; set it first, "
            f"or, where a base class's constructor makes the call, initialise it in a method of its own"
        )
        yield report_misuse(facts, place, found, message)


RULE = Rule("IL608", "init-order-in-reset", "a reset that runs before what it fills exists", check)
