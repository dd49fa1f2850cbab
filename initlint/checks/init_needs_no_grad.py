"""IL603: an in-place write to a parameter that autograd watches, which raises RuntimeError."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._misuse import concerned, misuses, report_misuse
from initlint.diagnostics import Applicability, Finding, Guard, PlacedFix
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each write that raises, with all the parameters that make it raise."""
    for place, found in misuses(facts, "needs-no-grad").items():
        message = (
            f"this raises RuntimeError: {concerned(found, 'the parameter')} is a leaf that requires grad, and "
            f"{found[0].text} can't be written in place; write under `torch.no_grad()`, or use `nn.init`"
        )
        guard = Guard(place, "with {torch.no_grad}()")
        fix = PlacedFix(
            "write it under `torch.no_grad()`: the same values, without the error", Applicability.SAFE, (guard,)
        )
        yield report_misuse(facts, place, found, message, fix=fix)


RULE = Rule("IL603", "init-needs-no-grad", "an in-place write to a parameter that autograd watches", check)
