"""IL606: init of a bias, or of a norm's weight, that the layer was made without."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Applicability, Finding, Guard, PlacedFix
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that uses a None of a layer as a tensor."""
    for place, found in misuses(facts, "none").items():
        attribute = found[0].text
        message = (
            f"this raises AttributeError: {concerned(found, 'it')} is None, as its layer is made without one; "
            f"test `{attribute} is not None` first, or drop the line"
        )
        guard = Guard(place, "if {tensor} is not None")
        test = f"test that `{attribute}` is not None first: layers that have one are filled as before"
        fix = PlacedFix(test, Applicability.SAFE, (guard,))
        yield report_misuse(facts, place, found, message, fix=fix)


RULE = Rule("IL606", "init-of-missing-bias", "init of a bias that the layer is made without", check)
