"""From all that is found to what is reported: without what a baseline knows, and of a change only."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from initlint import baseline
from initlint.baseline import BaselineError, Match
from initlint.changes import GitError, changes_since
from initlint.config import Configuration
from initlint.console import Trouble
from initlint.diagnostics import Diagnostic, Suppressed
from initlint.engine import Report
from initlint.fingerprint import Line
from initlint.ir.data import dataclass
from initlint.since import of_change
from initlint.sources import Sources

_UNUSED = '; `baseline = "{}"` in the configuration makes later runs use it'


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a command line says of baselines and changes."""

    write: bool = False
    prune: bool = False
    no_baseline: bool = False
    since: str | None = None


def narrowed(
    report: Report,
    options: Narrowing,
    files: Sequence[str],
    settings: Configuration,
    overlay: Mapping[str, bytes],
    jobs: int,
) -> tuple[Report, list[str]]:
    """The report without what is not to be reported, and what there is to say about it. ``overlay`` gives the bytes of
    files that are not, or not so, on disk.

    :raises Trouble: a baseline can't be read or written, or git can't say what has changed.
    """
    notes: list[str] = []
    line = Sources(dict(overlay)).line
    try:
        if not options.no_baseline:
            for path, group in _by_baseline(files, settings, options.write):
                report = _beside(report, path, group, options, settings, line, notes)
        if options.since is not None:
            changes = changes_since(options.since)
            kept = of_change(report.diagnostics, changes, files, settings, overlay, jobs)
            left_out = len(report.diagnostics) - len(kept)
            if left_out:
                notes.append(f"{_counted(left_out)} of code that has not changed since {options.since} left out")
            report = replace(report, diagnostics=tuple(kept))
    except (BaselineError, GitError) as error:
        raise Trouble(str(error)) from None
    return report, notes


def _by_baseline(files: Sequence[str], settings: Configuration, writing: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """The baselines of the files, each with its files."""
    groups: dict[str, set[str]] = {}
    for path in files:
        name = settings.of(path).baseline or (baseline.DEFAULT_NAME if writing else "")
        if name:
            groups.setdefault(name, set()).add(path)
    for name, group in groups.items():
        yield name, frozenset(group)


def _beside(
    report: Report,
    path: str,
    files: frozenset[str],
    options: Narrowing,
    settings: Configuration,
    line: Line,
    notes: list[str],
) -> Report:
    """The report without what the baseline at ``path`` knows of its files."""
    own = [each for each in report.diagnostics if each.span.path in files]
    failed = {failure for failure, _ in report.failures}
    linted = {os.path.abspath(each): each for each in files if each not in failed}

    def looked_at(where: str, code: str) -> bool:
        name = linted.get(os.path.normpath(where))
        return name is not None and code in settings.policy(name).codes

    first = options.write and not os.path.exists(path)
    found = Match(own, [], [], []) if first else baseline.match(path, own, line, looked_at)
    shown = os.path.relpath(path)
    if options.write:
        reasons = {entry.fingerprint: entry.reason for _, entry in found.known}
        entries = baseline.entries_of(path, own, line)
        kept = [replace(entry, reason=reasons.get(entry.fingerprint, "")) for _, entry in entries]
        baseline.write(path, [*kept, *found.unseen])
        used = any(settings.of(each).baseline for each in files)
        notes.append(f"{shown}: {_counted(len(kept))} written" + ("" if used else _UNUSED.format(shown)))
        never = [each for each in own if each.code in baseline.NEVER]
        return _without(report, files, never, [(each, entry.reason) for each, entry in entries])
    if found.stale and options.prune:
        baseline.write(path, [*(entry for _, entry in found.known), *found.unseen])
        notes.append(f"{shown}: {_counted(len(found.stale))} taken out")
    elif found.stale:
        notes += [f"{shown}: stale: {entry}" for entry in found.stale]
        notes.append(f"{shown}: {_counted(len(found.stale))} no longer there; --prune-baseline takes them out")
    return _without(report, files, found.new, [(each, entry.reason) for each, entry in found.known])


def _without(
    report: Report, files: frozenset[str], new: Sequence[Diagnostic], known: Sequence[tuple[Diagnostic, str]]
) -> Report:
    others = [each for each in report.diagnostics if each.span.path not in files]
    suppressed = [*report.suppressed, *(Suppressed(each, "external", reason) for each, reason in known)]
    return replace(
        report,
        diagnostics=tuple(sorted([*others, *new], key=lambda each: each.sort_key)),
        suppressed=tuple(sorted(suppressed, key=lambda each: each.diagnostic.sort_key)),
    )


def _counted(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"
