"""Calls that fail or do nothing: found by kind, and reported once for each line."""

from __future__ import annotations

from collections.abc import Sequence

from initlint.checks._weights import owner, related_places
from initlint.checks._wording import names
from initlint.diagnostics import Finding, PlacedFix, Severity
from initlint.ir.model import Misuse
from initlint.ir.place import Place
from initlint.signal.facts import Facts


def misuses(facts: Facts, *kinds: str) -> dict[Place, list[Misuse]]:
    """The misuses of these kinds that surely happen, by the line that they stand on."""
    found: dict[Place, list[Misuse]] = {}
    for misuse in facts.model.misuses:
        if misuse.kind in kinds and not misuse.may:
            found.setdefault(misuse.place, []).append(misuse)
    return found


def concerned(misuses: Sequence[Misuse], otherwise: str) -> str:
    """The parameters that they are about, as names of the model."""
    return names([each.parameter for each in misuses if each.parameter]) or otherwise


def report_misuse(
    facts: Facts,
    place: Place,
    misuses: Sequence[Misuse],
    message: str,
    severity: Severity = Severity.ERROR,
    fix: PlacedFix | None = None,
) -> Finding:
    """A finding at ``place``; the calls that led there are related."""
    first = misuses[0]
    callers = [(outer, "reached from here") for outer in first.outer if outer != facts.model.site]
    return Finding(
        place,
        message,
        severity,
        related=related_places(place, callers),
        fix=fix,
        class_name=owner(facts, first.parameter.rpartition(".")[0]),
        layer=first.parameter,
    )
