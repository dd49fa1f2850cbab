"""The line that closes a report for people, and the counts for each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from initlint.diagnostics import Applicability, Diagnostic, Severity
from initlint.ir.gaps import Reading
from initlint.report.paint import Painter, one_line

_NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("info", "infos"),
}
_FINDINGS = ("finding", "findings")


def summary(diagnostics: Sequence[Diagnostic], files: int, failures: int, painter: Painter) -> str:
    """«Found 3 errors and 2 warnings in 2 of 5 files; 1 can be fixed with --fix», or that there is nothing to say."""
    read = _counted(files, ("file", "files"))
    if failures:
        read += f"; {_counted(failures, ('file', 'files'))} could not be analysed"
    if not diagnostics:
        if failures:
            return f"Nothing found in {read}\n"
        return painter.paint("All checks passed", "green") + f" ({read})\n"
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [_counted(counts[severity], _NAMES[severity]) for severity in Severity if counts[severity]]
    hit = len({diagnostic.span.path for diagnostic in diagnostics})
    return f"{painter.paint('Found ' + ', '.join(parts), 'bold')} in {hit} of {read}{_fixable(diagnostics)}\n"


def fixed_summary(fixed: int, would: bool, painter: Painter) -> str:
    """«Fixed 3 findings», or that they would be."""
    verb = "Would fix" if would else "Fixed"
    return painter.paint(f"{verb} {_counted(fixed, _FINDINGS)}", "bold")


def _fixable(diagnostics: Sequence[Diagnostic]) -> str:
    """How many findings have a fix, and which options apply it; empty where none has."""
    kinds = Counter(diagnostic.fix.applicability for diagnostic in diagnostics if diagnostic.fix is not None)
    safe, unsafe = kinds[Applicability.SAFE], kinds[Applicability.UNSAFE]
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        return f"; {safe:,} can be fixed with --fix{more}"
    return f"; {unsafe:,} can be fixed with --fix --unsafe-fixes" if unsafe else ""


def _counted(count: int, names: tuple[str, str]) -> str:
    return f"{count:,} {names[count != 1]}"


def statistics(diagnostics: Sequence[Diagnostic], painter: Painter) -> str:
    """One line for each rule that found something, the most frequent first."""
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in diagnostics)
    wide = max((len(str(count)) for count in counts.values()), default=1)
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:>{wide}}  {painter.paint(code, 'bold')}  {name}\n" for (code, name), count in rows)


def reading_summary(readings: Sequence[Reading], painter: Painter, most: int = 10) -> str:
    """How many classes were read fully, partly and not, and the reasons of most classes."""
    states = Counter(reading.state for reading in readings)
    if not readings:
        return "No module classes\n"
    head = f"Read {states['fully']:,} of {_counted(len(readings), ('class', 'classes'))} fully"
    rest = ", ".join(
        f"{states[state]:,} {word}" for state, word in (("partly", "partly"), ("not", "not at all")) if states[state]
    )
    found = Counter(why for reading in readings for why in dict.fromkeys(reason.why for reason in reading.reasons))
    rows = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    wide = max((len(str(count)) for _, count in rows), default=1)
    lines = [f"{count:>{wide}}  {one_line(why)}\n" for why, count in rows[:most]]
    if len(rows) > most:
        lines.append(f"{'':>{wide}}  and {len(rows) - most:,} more reasons\n")
    return f"{painter.paint(head, 'bold')}{f', {rest}' if rest else ''}\n{''.join(lines)}"
