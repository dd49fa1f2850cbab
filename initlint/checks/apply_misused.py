"""IL411: ``apply`` is given what it can't call with a module."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import misuses, report_misuse
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each such call."""
    for place, found in misuses(facts, "apply-argument").items():
        yield report_misuse(facts, place, found, f"this call raises TypeError: {found[0].text}")


RULE = Rule("IL411", "apply-misused", "`apply` is given what it can't call with a module", check)
