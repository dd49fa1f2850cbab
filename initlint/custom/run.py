"""One call of a rule that is not ours, on the facts of one model or file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any

from initlint.custom.guard import Failed, guarded
from initlint.diagnostics import Applicability, Confidence, Finding, PlacedEdit, PlacedFix, Severity
from initlint.ir.data import dataclass
from initlint.ir.place import Place, Span
from initlint.rule import Rule

MOST = 10_000
Complaint = tuple[str, str]  # the rule and where it comes from; what it did


@dataclass(slots=True)
class Runner:
    """Runs rules and keeps what went wrong. A rule that was given up once is not run again. ``known`` says whether a
    place exists."""

    known: Callable[[Place], bool]
    complaints: list[Complaint] = field(default_factory=list)
    _given_up: set[str] = field(default_factory=set)

    def run(self, rule: Rule[Any], facts: object, about: str) -> list[Finding]:
        """The findings that can be used; ``about`` names what the facts are of, for messages."""
        if rule.code in self._given_up:
            return []
        found: list[Finding] = []
        rubbish: list[str] = []

        def work() -> None:
            given = rule.check(facts)
            if not isinstance(given, Iterable):
                rubbish.append(f"gave {type(given).__name__}, not findings,")
                return
            for each in given:
                wrong = _wrong(each) or self._lost(each)
                if wrong is not None:
                    rubbish.append(f"gave {wrong}")
                elif len(found) == MOST:
                    rubbish.append(f"gave over {MOST} findings")
                    return
                else:
                    found.append(each)

        result = guarded(work)
        why = result.why if isinstance(result, Failed) else rubbish[0] if rubbish else None
        if isinstance(result, Failed) and result.hung:
            self._given_up.add(rule.code)
            why = f"{result.why} and is not run again: it was"
        if why is not None:
            self.complaints.append((f"{rule.origin}: {rule.code} {rule.name}", f"{why} on {about}"))
        return list(found)

    @property
    def gave_up(self) -> bool:
        """Whether some rule is not run any more."""
        return bool(self._given_up)

    def _lost(self, finding: Finding) -> str | None:
        edits = finding.fix.edits if finding.fix is not None else ()
        places = (finding.place, *(place for place, _ in finding.related), *(edit.place for edit in edits))
        known = all(isinstance(place, Span) or self.known(place) for place in places)
        return None if known else "a finding at a place that doesn't exist"

    def taken(self) -> tuple[Complaint, ...]:
        """The complaints so far, which are then forgotten."""
        taken = tuple(dict.fromkeys(self.complaints))
        self.complaints.clear()
        return taken


def _wrong(finding: object) -> str | None:
    """What is wrong with a finding; None where nothing is."""
    if not isinstance(finding, Finding):
        return f"{type(finding).__name__}, which is no Finding,"
    expected: tuple[tuple[str, object, Any], ...] = (
        ("message", finding.message, str),
        ("severity", finding.severity, Severity),
        ("confidence", finding.confidence, Confidence),
        ("class_name", finding.class_name, str),
        ("layer", finding.layer, str),
        ("related", finding.related, tuple),
        ("fix", finding.fix, (PlacedFix, type(None))),
    )
    for name, value, kind in expected:
        if not isinstance(value, kind):
            return f"a finding whose {name} is {type(value).__name__}"
    if not finding.message.strip():
        return "a finding without a message"
    if not _is_place(finding.place):
        return "a finding whose place is neither a Place nor a Span"
    for pair in finding.related:
        if not isinstance(pair, tuple) or len(pair) != 2 or not _is_place(pair[0]) or not isinstance(pair[1], str):
            return "a finding whose related places are no pairs of a place and a label"
    return None if finding.fix is None or _usable(finding.fix) else "a finding with a fix that can't be used"


def _usable(fix: PlacedFix) -> bool:
    return (
        isinstance(fix.message, str)
        and isinstance(fix.applicability, Applicability)
        and isinstance(fix.edits, tuple)
        and all(isinstance(e, PlacedEdit) and _is_place(e.place) and isinstance(e.text, str) for e in fix.edits)
    )


def _is_place(place: object) -> bool:
    if isinstance(place, Span):
        numbers = (place.line, place.column, place.end_line, place.end_column)
        positive = all(type(number) is int and number > 0 for number in numbers)
        return isinstance(place.path, str) and positive and numbers[:2] <= numbers[2:]
    return isinstance(place, Place)
