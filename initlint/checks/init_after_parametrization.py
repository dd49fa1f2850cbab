"""IL410: an init of a weight that a parametrisation computes: the next forward computes it anew."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Finding
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that fills only such weights."""
    filled = {action.place for parameter in facts.model.parameters for action in parameter.history}
    for place, found in misuses(facts, "computed").items():
        if place not in filled:
            message = (
                f"this init of {concerned(found, 'a weight')} is lost: {found[0].text} computes the weight anew at "
                f"each forward; initialise before the layer is wrapped"
            )
            yield report_misuse(facts, place, found, message)


RULE = Rule("IL410", "init-after-parametrization", "an init of a weight that a parametrisation computes", check)
