"""From files to what is reported: analysis, merging, selection and suppression."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from initlint import suppress
from initlint.analysis import FileResult, analyse, merge
from initlint.catalog import Extension
from initlint.checks import RULES
from initlint.config import Settings, load
from initlint.diagnostics import Diagnostic, Finding
from initlint.discover import discover
from initlint.ir.gaps import Reading
from initlint.ir.place import Span
from initlint.rule import Rule
from initlint.selection import selected_codes
from initlint.signal.facts import SuppressionFacts

_ON_COMMENTS = frozenset(rule.code for rule in RULES if rule.scope == "suppressions")
_DEFAULT = frozenset(rule.code for rule in RULES if rule.default)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found: the findings in order of their places, how many files were read, the files on which the
    analysis failed, each with one line that says how, and, where IL005 is asked for, how far each class was read."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    failures: tuple[tuple[str, str], ...] = ()
    readings: tuple[Reading, ...] = ()


def check_files(
    files: Sequence[str],
    codes: frozenset[str],
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    overlay: dict[str, bytes] | None = None,
    extension: Extension | None = None,
) -> Report:
    """Lint files with the rules that have those codes.

    ``overlay`` gives the bytes of files that are not read from disk; ``progress`` is told how many files of how many
    are done; ``extension`` holds the project's own tables of layers and functions. The report is the same for any
    number of ``jobs``.
    """
    results = analyse(files, jobs, progress, overlay, extension, codes - _DEFAULT)
    merged = merge(results, frozenset(files))
    diagnostics: list[Diagnostic] = []
    for result in results:
        diagnostics += _reported(result, merged.get(result.path, []), codes)
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    failures = tuple((result.path, result.failure) for result in results if result.failure is not None)
    readings = tuple(reading for result in results for reading in result.readings)
    return Report(tuple(diagnostics), len(results), failures, readings)


def _reported(result: FileResult, found: Sequence[Diagnostic], codes: frozenset[str]) -> list[Diagnostic]:
    # Comments are only judged where the file was: else each of them would seem to be unused.
    whole = result.failure is None and not any(each.code in ("IL001", "IL004") for each in found)
    found = [diagnostic for diagnostic in found if diagnostic.code in codes]
    comments = suppress.parse(result.path, result.comments)
    if not comments:
        return found
    judged = codes - _ON_COMMENTS if whole else frozenset()
    complete = judged >= _DEFAULT - _ON_COMMENTS
    kept, facts = suppress.apply(result.path, found, comments, judged, complete)
    about = [each for each in _about_comments(facts) if each.code in codes]
    # A bare comment must not hide that it is useless itself.
    return kept + [each for each in about if not any(c.names and c.hides(each) for c in comments)]


def _about_comments(facts: SuppressionFacts) -> list[Diagnostic]:
    rules = [rule for rule in RULES if rule.scope == "suppressions"]
    return [_diagnostic(rule, finding) for rule in rules for finding in rule.check(facts)]


def _diagnostic(rule: Rule[SuppressionFacts], finding: Finding) -> Diagnostic:
    assert isinstance(finding.place, Span)
    return Diagnostic(rule.code, rule.name, finding.severity, finding.confidence, finding.message, finding.place)


def processors() -> int:
    """How many processes a run may use to good effect."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def check_paths(paths: Sequence[str | os.PathLike[str]], *, jobs: int = 1, isolated: bool = False) -> list[Diagnostic]:
    """The findings for files and folders, as the command line gives them with the same configuration.

    :raises FileNotFoundError: one of the paths doesn't exist.
    :raises initlint.config.ConfigError: the configuration cannot be used.
    :raises RuntimeError: the analysis of a file failed through a fault of its own.
    """
    names = [os.fspath(path) for path in paths]
    settings = Settings() if isolated else load(names)
    found = discover(names, settings.exclude, settings.root)
    if found.missing:
        raise FileNotFoundError(found.missing[0])
    codes = selected_codes(settings.select, settings.ignore)
    report = check_files(found.files, codes, jobs, extension=settings.catalog)
    return _findings(report)


def check_source(source: str | bytes, filename: str = "<string>") -> list[Diagnostic]:
    """The findings of the default rules for one source text. ``filename`` is the path to report; relative imports are
    looked up beside it.

    :raises RuntimeError: the analysis failed through a fault of its own.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    path = filename.replace(os.sep, "/")
    return _findings(check_files([path], selected_codes((), ()), overlay={path: data}))


def _findings(report: Report) -> list[Diagnostic]:
    for path, failure in report.failures:
        raise RuntimeError(f"{path}: {failure}")
    return list(report.diagnostics)
