"""IL005: a class of which something could not be read, so that rules are silent where it matters to them."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Finding, Severity
from initlint.ir.gaps import Reading
from initlint.ir.place import Place
from initlint.ir.text import extent
from initlint.rule import Rule
from initlint.signal.facts import FileFacts

# How many reasons a finding shows; the first ones concern most parts of the class.
_SHOWN = 5


def check(facts: FileFacts) -> Iterator[Finding]:
    """One finding for each class that was read partly or not at all, with its reasons."""
    for reading in facts.readings:
        if reading.state != "fully" and reading.place.path == facts.path:
            yield Finding(
                reading.place,
                _message(reading),
                Severity.INFO,
                related=tuple(_places(reading)),
                class_name=reading.name,
            )


def _message(reading: Reading) -> str:
    first = reading.reasons[0].why
    if reading.state == "not":
        return f"nothing of this class is checked: {first}"
    more = len(reading.reasons) - 1
    rest = f", and {more} other {'reason' if more == 1 else 'reasons'}" if more else ""
    return f"{extent(reading)}, so rules are silent on that: {first}{rest}"


def _places(reading: Reading) -> Iterator[tuple[Place, str]]:
    seen: set[Place] = set()
    for reason in reading.reasons:
        if reason.place is not None and reason.place not in seen and len(seen) < _SHOWN:
            seen.add(reason.place)
            parts = f" ({reason.parts} parts)" if reason.parts > 1 else ""
            yield reason.place, f"{reason.why}{parts}"


RULE = Rule(
    "IL005", "not-analysed", "a class that could not be read in full, and why", check, scope="file", default=False
)
