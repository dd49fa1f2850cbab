"""IL105: sibling layers are each drawn after the same seed was set, and so start equal."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._wording import names
from initlint.diagnostics import Finding, Severity
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that seeds, with the first of the groups of layers that start equal by it."""
    seeded: dict[Place, dict[tuple[str, ...], None]] = {}
    for twins in facts.model.twins:
        if twins.kind == "reseeded":
            seeded.setdefault(twins.place, {})[twins.paths] = None
    for place, groups in seeded.items():
        paths, *others = groups
        more = f", as do {names(others[0])}" if others else ""
        more += f", and {len(others) - 1} more groups" if len(others) > 1 else ""
        yield Finding(
            place,
            f"{names(paths)} start bit-equal{more}: the same seed is set before each of them is drawn; seed once, "
            f"before the model is built",
            Severity.WARNING,
            class_name=facts.model.name,
            layer=paths[0],
        )


RULE = Rule("IL105", "reseeded-layers", "a seed that is set again before each sibling is drawn", check)
