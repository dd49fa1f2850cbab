"""What the analysis of a file gives, and how the results of a run's files are merged.

Apart from the analysis itself, so that results that are at hand can be reported without importing it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from initlint.checks import RULES
from initlint.checks.precedence import resolve
from initlint.custom.run import Complaint
from initlint.diagnostics import Diagnostic, Finding, Fix
from initlint.ir.data import dataclass
from initlint.ir.gaps import Reading
from initlint.ir.place import Place, Span
from initlint.rule import Rule
from initlint.syntax.comments import Comment


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What the rules said of one model.

    ``filled`` says that the code that builds it also initialises it; ``classes`` are the project classes that it
    judges: those built inside it, if its forward could be read; ``fillers`` are the file and segment of all code that
    initialised it."""

    name: str
    qualified: str
    standalone: bool
    filled: bool
    classes: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    fillers: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file gave.

    ``diagnostics`` are not yet suppressed or sorted, and may lie in other files; ``comments`` are the file's own
    comments about initlint; ``not_read`` the classes that could not be run, each with its reason; ``readings`` how far
    each class was read, where optional rules are run; ``fillers`` are the file and segment of each init function that
    something uses; ``failure`` an internal error in one line; ``complaints`` what rules that are not initlint's did
    wrong."""

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    models: tuple[ModelReport, ...] = ()
    comments: tuple[Comment, ...] = ()
    not_read: tuple[tuple[str, str], ...] = ()
    readings: tuple[Reading, ...] = ()
    fillers: frozenset[tuple[str, int]] = frozenset()
    failure: str | None = None
    complaints: tuple[Complaint, ...] = ()


def resolved(rule: Rule[Any], finding: Finding, spans: dict[Place, Span], fix: Fix | None) -> Diagnostic:
    """A finding with positions in place of places."""

    def at(place: Place | Span) -> Span:
        return place if isinstance(place, Span) else spans.get(place, Span(place.path, 1, 1, 1, 2))

    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        span=at(finding.place),
        related=tuple((at(place), label) for place, label in finding.related),
        fix=fix,
        class_name=finding.class_name,
        layer=finding.layer,
    )


def merge(
    results: Iterable[FileResult], reported: frozenset[str], rules: Iterable[Rule[Any]] = RULES
) -> dict[str, list[Diagnostic]]:
    """The diagnostics of each reported file. A class that other code of the run builds is judged there, not with its
    constructor's defaults; and where some of that code also initialises it, only there. Where an init function is used
    on a model that could not be told, any class may be the one."""
    results = list(results)
    models = [model for result in results for model in result.models]
    fills_unknown = bool(
        frozenset[tuple[str, int]]().union(*(result.fillers for result in results))
        - frozenset[tuple[str, int]]().union(*(model.fillers for model in models))
    )
    silent = {rule.code for rule in rules if rule.of_defaults and fills_unknown}
    built_elsewhere = {
        name for model in models for name in model.classes if not model.standalone or name != model.qualified
    }
    filled = {model.qualified for model in models if model.filled}
    files: dict[str, list[Diagnostic]] = {path: [] for path in sorted(reported)}
    for result in results:
        for diagnostic in result.diagnostics:
            files.setdefault(diagnostic.span.path, []).append(diagnostic)
    for model in models:
        if model.standalone and model.qualified in built_elsewhere:
            continue
        if not model.standalone and not model.filled and model.qualified in filled:
            continue
        for diagnostic in model.diagnostics:
            if diagnostic.span.path in reported and not (model.standalone and diagnostic.code in silent):
                files.setdefault(diagnostic.span.path, []).append(diagnostic)
    return {path: resolve(_distinct(found)) for path, found in files.items() if path in reported}


def _distinct(found: list[Diagnostic]) -> list[Diagnostic]:
    """One diagnostic for each rule and line to change: the worst, of equals the first."""
    best: dict[tuple[str, Span], Diagnostic] = {}
    for diagnostic in sorted(found, key=lambda d: d.sort_key):
        key = (diagnostic.code, diagnostic.span)
        if key not in best or diagnostic.severity.rank < best[key].severity.rank:
            best[key] = diagnostic
    return sorted(best.values(), key=lambda d: d.sort_key)
