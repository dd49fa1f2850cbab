"""From a measurement to what is reported."""

from __future__ import annotations

from collections.abc import Iterable

from initlint.checks import RULES
from initlint.diagnostics import Diagnostic
from initlint.ir.measured import Measurement
from initlint.ir.place import Span

# One fault, one finding: a rule's code, then the codes of what follows from it in the same model.
_FOLLOWS = {
    "IL910": {"IL901", "IL902", "IL903", "IL904", "IL905", "IL906", "IL907", "IL909", "IL914", "IL915", "IL916"},
    "IL905": {"IL901", "IL903", "IL915"},
    "IL906": {"IL902", "IL903", "IL904"},
    "IL916": {"IL902", "IL904"},
    "IL901": {"IL903"},
    "IL902": {"IL904"},
}
# The same at one line.
_FOLLOWS_HERE = {"IL901": {"IL907", "IL915"}, "IL915": {"IL907"}}


# Rules on what is measured on request alone.
NEED_EXTRAS = frozenset({"IL911", "IL912", "IL913", "IL918", "IL920"})


def judge(measured: Measurement, codes: frozenset[str]) -> list[Diagnostic]:
    """The findings of the measured rules that have those codes, in order of their places."""
    found = [
        Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=finding.severity,
            confidence=finding.confidence,
            message=finding.message,
            span=finding.place,
            class_name=finding.class_name,
            layer=finding.layer,
        )
        for rule in RULES
        if rule.scope == "measured" and rule.code in codes
        for finding in rule.check(measured)
        if isinstance(finding.place, Span)
    ]
    return sorted(_leading(found), key=lambda each: each.sort_key)


def _leading(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    found = list(found)
    anywhere = {code for each in found for code in _FOLLOWS.get(each.code, ())}
    here = {(each.span, code) for each in found for code in _FOLLOWS_HERE.get(each.code, ())}
    return [each for each in found if each.code not in anywhere and (each.span, each.code) not in here]
