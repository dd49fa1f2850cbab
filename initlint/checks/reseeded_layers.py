"""IL105: sibling layers are each drawn after the same seed was set, and so start equal."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that seeds."""
    for twins in facts.model.twins:
        if twins.kind == "reseeded":
            yield Finding(
                twins.place,
                f"{names(twins.paths)} start bit-equal: this seed is set anew before each of them is drawn; seed once, "
                f"before the model is built",
                Severity.WARNING,
                class_name=facts.model.name,
                layer=twins.paths[0],
            )


RULE = Rule("IL105", "reseeded-layers", "a seed that is set again before each sibling is drawn", check)
