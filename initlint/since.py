"""``--since``: of all findings, those that a change has to do with."""

from __future__ import annotations

import ast
import os
import tempfile
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from initlint.changes import Changes, Lines, write_files
from initlint.config import Configuration
from initlint.diagnostics import Diagnostic
from initlint.discover import SUFFIXES
from initlint.engine import check_configured
from initlint.fingerprint import fingerprints
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.sources import Sources

_ALL: Lines = ((1, 2**31),)


@dataclass(frozen=True, slots=True)
class _Touched:
    """What a change touches in one file: the lines of its classes, functions and other statements at the top level,
    beside the changed lines; and the names of the classes."""

    ranges: Lines
    classes: frozenset[str] = frozenset()

    def holds(self, span: Span) -> bool:
        return any(first <= span.end_line and span.line <= last for first, last in self.ranges)


def of_change(
    diagnostics: Sequence[Diagnostic],
    changes: Changes,
    files: Sequence[str],
    settings: Configuration,
    overlay: Mapping[str, bytes],
    jobs: int,
) -> list[Diagnostic]:
    """The findings in classes, functions and statements that the change touches, wherever one of their places lies
    there; and those of other code that the change brought about: they are not found, or found otherwise, in the
    ``files`` as they were. ``overlay`` gives the bytes of files that the findings are of, and that differ from those on
    disk.

    :raises initlint.changes.GitError: git can't give the files as they were.
    """
    given = {os.path.realpath(path): data for path, data in overlay.items()}
    touched: dict[str, _Touched] = {}
    for name, lines in changes.lines.items():
        path = os.path.realpath(os.path.join(changes.root, name))
        touched[path] = _touched(path, lines, given.get(path))
    kept: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for diagnostic in diagnostics:
        (kept if _in_touched(diagnostic, touched) else others).append(diagnostic)
    if others and changes.lines.keys() | set(changes.gone):
        before = _before(changes, files, settings, jobs)
        for diagnostic, known in zip(others, _names(others, Sources(dict(overlay)), changes.root), strict=True):
            if before[known]:
                before[known] -= 1
            else:
                kept.append(diagnostic)
    return sorted(kept, key=lambda each: each.sort_key)


def _in_touched(diagnostic: Diagnostic, touched: dict[str, _Touched]) -> bool:
    for span in (diagnostic.span, *(span for span, _ in diagnostic.related)):
        found = touched.get(os.path.realpath(span.path))
        if found is not None and (found.holds(span) or diagnostic.class_name.partition(".")[0] in found.classes):
            return True
    return False


def _touched(path: str, lines: Lines, now: bytes | None) -> _Touched:
    """What changed ``lines`` of the file on disk touch: there, or, where it is given, in the text ``now``."""
    try:
        disk = Path(path).read_bytes()
    except OSError:
        return _Touched(_ALL)
    on_disk, shown = _statements(disk), _statements(disk if now is None else now)
    if on_disk is None or shown is None:
        return _Touched(_ALL)
    touched = {key for key, first, last in on_disk if any(start <= last and first <= end for start, end in lines)}
    ranges = [(first, last) for key, first, last in shown if key in touched]
    exact = lines if now is None or now == disk else ()
    return _Touched((*ranges, *exact), frozenset(key.removeprefix("class ") for key in touched if key[:6] == "class "))


def _statements(data: bytes) -> list[tuple[str, int, int]] | None:
    """The statements at the top level, each with what it is known by and its lines; None for what is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(data).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = []
    for statement in body:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(each.lineno for each in decorators)])
        match statement:
            case ast.ClassDef(name):
                key = f"class {name}"
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                key = f"def {name}"
            case _:
                key = ast.dump(statement)
        found.append((key, first, statement.end_lineno or statement.lineno))
    return found


def _before(changes: Changes, files: Sequence[str], settings: Configuration, jobs: int) -> Counter[tuple[str, ...]]:
    """What was found in the files before the change, by name."""
    wanted = {os.path.relpath(os.path.realpath(path), os.path.realpath(changes.root)) for path in files}
    gone = set(changes.gone)

    def code(name: str) -> bool:
        return name.endswith(SUFFIXES) or name in wanted

    with tempfile.TemporaryDirectory(prefix="initlint-") as folder:
        names = write_files(changes, code, Path(folder))
        judged = [os.path.join(folder, name) for name in names if name in wanted or name in gone]
        report = check_configured(judged, settings.moved(folder, changes.root), jobs)
        found = [replace(each, message=each.message.replace(folder + os.sep, "")) for each in report.diagnostics]
        return Counter(_names(found, Sources(), folder))


def _names(diagnostics: Sequence[Diagnostic], sources: Sources, root: str) -> list[tuple[str, ...]]:
    """What makes a finding the same as one before the change: all but its line."""
    names = fingerprints(diagnostics, sources.line, root)
    return [(name, each.severity.value, each.message) for name, each in zip(names, diagnostics, strict=True)]
