"""Fixes applied until none is left to apply, and each of them checked: it must remove its finding and bring none."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from initlint.diagnostics import Applicability, Diagnostic, Edit, Fix
from initlint.engine import ON_COMMENTS, Report, check_files
from initlint.fingerprint import fingerprints
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.selection import selected_codes
from initlint.syntax.edit import EditError, apply_edits
from initlint.syntax.source import Source, read_source

Check = Callable[[dict[str, bytes]], Report]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What fixing came to: ``report`` is what is found afterwards; ``fixed`` the findings whose fixes were applied, in
    the order in which they were; ``refused`` those whose fixes were not, each with the reason; ``before`` and ``after``
    the bytes of each changed file."""

    report: Report
    fixed: tuple[Diagnostic, ...]
    refused: tuple[tuple[Diagnostic, str], ...]
    before: dict[str, bytes]
    after: dict[str, bytes]


@dataclass(slots=True)
class _Run:
    check: Check
    unsafe: bool
    report: Report
    texts: dict[str, bytes]
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: dict[str, tuple[Diagnostic, str]] = field(default_factory=dict)
    overlapped: dict[str, tuple[Diagnostic, Diagnostic]] = field(default_factory=dict)

    def candidates(self) -> list[tuple[str, Diagnostic, Fix]]:
        """The findings with a fix that may be applied and was not refused, each with its fingerprint."""
        found = [each for each in self.report.diagnostics if each.fix is not None and self.allows(each.fix)]
        names = fingerprints(found, self.line)
        pairs = zip(names, found, strict=True)
        return [(name, each, each.fix) for name, each in pairs if each.fix is not None and name not in self.refused]

    def allows(self, fix: Fix) -> bool:
        return self.unsafe or fix.applicability is Applicability.SAFE

    def line(self, span: Span) -> str | None:
        source = _source(span.path, self.texts[span.path]) if span.path in self.texts else None
        lines = source.lines if isinstance(source, Source) else []
        return lines[span.line - 1] if 0 < span.line <= len(lines) else None

    def attempt(self, batch: Sequence[tuple[str, Diagnostic, Fix]]) -> str:
        """Apply fixes together, if they do what they should; else the reason why they are not applied."""
        edits: dict[str, list[Edit]] = {}
        for _, _, fix in batch:
            for edit in fix.edits:
                edits.setdefault(edit.span.path, []).append(edit)
        new = dict(self.texts)
        for path, listed in edits.items():
            if path not in new:
                return f"it would change {path}, which is not among the files to check"
            source = _source(path, new[path])
            if not isinstance(source, Source):
                return f"{path}: {source}"
            try:
                new[path] = apply_edits(source, listed)
            except EditError as error:
                return str(error)
        report = self.check(new)
        reason = _worse(self.report, report, [each for _, each, _ in batch])
        if not reason:
            self.report, self.texts = report, new
            self.fixed += [each for _, each, _ in batch]
        return reason


def fix(check: Check, texts: Mapping[str, bytes], unsafe: bool = False) -> Outcome:
    """Apply the fixes of all findings, and those of what is found then, until there is nothing left to apply.

    ``texts`` are the bytes of the files, which ``check`` lints as it is given them. Unsafe fixes, which change the
    numbers of a run, are applied only where ``unsafe``. A fix is taken back where its finding stays, where another
    comes, or where a file can no longer be read. Of fixes that overlap the first is applied, and the others are tried
    on what that leaves.
    """
    run = _Run(check, unsafe, check(dict(texts)), dict(texts))
    most = len(run.report.diagnostics)
    while batch := _apart(run, run.candidates())[:most]:
        reason = run.attempt(batch)
        if not reason:
            most *= 2
        elif len(batch) == 1:
            name, diagnostic, _ = batch[0]
            run.refused[name] = (diagnostic, reason)
        else:
            most = len(batch) // 2
    _note_overlaps(run)
    changed = {path: data for path, data in run.texts.items() if data != texts[path]}
    return Outcome(
        run.report,
        tuple(run.fixed),
        tuple(run.refused.values()),
        {path: texts[path] for path in changed},
        changed,
    )


def _apart(run: _Run, found: list[tuple[str, Diagnostic, Fix]]) -> list[tuple[str, Diagnostic, Fix]]:
    """Those that overlap with none before them. The same edit in two fixes, such as an import, is no overlap."""
    taken: dict[str, list[tuple[Edit, Diagnostic]]] = {}
    kept = []
    for name, diagnostic, wanted in found:
        hit = next((other for edit in wanted.edits if (other := _overlapping(taken, edit)) is not None), None)
        if hit is not None:
            run.overlapped.setdefault(name, (diagnostic, hit))
            continue
        for edit in wanted.edits:
            held = taken.setdefault(edit.span.path, [])
            held.insert(bisect_right(held, edit.span, key=lambda pair: pair[0].span), (edit, diagnostic))
        kept.append((name, diagnostic, wanted))
    return kept


def _overlapping(taken: Mapping[str, list[tuple[Edit, Diagnostic]]], edit: Edit) -> Diagnostic | None:
    """The finding whose edit touches the same text, or inserts something else at the same place."""
    start, end = _ends(edit)
    for other, diagnostic in taken.get(edit.span.path, ()):
        first, last = _ends(other)
        if edit != other and ((start < last and first < end) or start == end == first == last):
            return diagnostic
    return None


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)


def _worse(before: Report, after: Report, chosen: Sequence[Diagnostic]) -> str:
    """Why the fixes of some findings are not to be applied: what they leave or bring. Comments that suppress nothing
    any more may come: they are fixed next."""
    if len(after.failures) > len(before.failures):
        return "the analysis fails on what it leaves"
    had = Counter((each.code, each.span.path) for each in before.diagnostics)
    has = Counter((each.code, each.span.path) for each in after.diagnostics)
    for each in chosen:
        had[each.code, each.span.path] -= 1
    for each in after.diagnostics:
        key = (each.code, each.span.path)
        if has[key] > had[key] and each.code not in ON_COMMENTS - {one.code for one in chosen}:
            if any((one.code, one.span.path) == key for one in chosen):
                return f"{each.code} is still found at {each.span.path}:{each.span.line} then"
            return f"it would bring {each.code} at {each.span.path}:{each.span.line}"
    return ""


def _note_overlaps(run: _Run) -> None:
    """A fix that overlapped with another and is neither applied nor offered any more was not done: say so."""
    left = {name for name, _, _ in run.candidates()}
    for name, (diagnostic, other) in run.overlapped.items():
        gone = name not in left and name not in run.refused
        if gone and not any(_same(diagnostic, each) for each in run.fixed):
            reason = f"its fix overlaps with that of {other.code} on line {other.span.line}, which was applied"
            run.refused[name] = (diagnostic, reason)


def _same(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether two findings of different rounds are the same, as far as lines that moved let us say."""
    return (one.code, one.span.path, one.class_name, one.layer) == (
        other.code,
        other.span.path,
        other.class_name,
        other.layer,
    )


def _source(path: str, data: bytes) -> Source | str:
    found = read_source(path, data)
    return found if isinstance(found, Source) else found.message


def fix_source(source: str, filename: str = "<string>", *, unsafe: bool = False) -> str:
    """One source text with the fixes of the default rules applied; unsafe ones, which change the numbers of a run, only
    where asked for. ``filename`` is as for :func:`initlint.check_source`.

    :raises RuntimeError: the analysis failed through a fault of its own.
    """
    path = filename.replace(os.sep, "/")
    data = source.encode("utf-8", "surrogatepass")
    codes = selected_codes((), ())

    def check(overlay: dict[str, bytes]) -> Report:
        report = check_files([path], codes, overlay=overlay)
        for name, failure in report.failures:
            raise RuntimeError(f"{name}: {failure}")
        return report

    outcome = fix(check, {path: data}, unsafe)
    return outcome.after.get(path, data).decode("utf-8", "surrogatepass")
