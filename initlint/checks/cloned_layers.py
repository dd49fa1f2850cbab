"""IL103: layers that are deep copies of one prototype, and so start as bit-equal twins."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that clones."""
    for twins in facts.model.twins:
        if twins.kind == "cloned":
            yield Finding(
                twins.place,
                f"{names(twins.paths)} start bit-equal: each is a copy of one layer, and nothing draws them anew; "
                f"build each by itself, or initialise them after the copy",
                Severity.WARNING,
                class_name=facts.model.name,
                layer=twins.paths[0],
            )


RULE = Rule("IL103", "cloned-layers", "deep copies of one layer that are never drawn anew", check)
