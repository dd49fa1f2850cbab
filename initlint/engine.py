"""From files to what is reported: analysis, merging, selection and suppression."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from initlint import suppress
from initlint.cache import Cache, circumstances
from initlint.catalog import Extension
from initlint.checks import RULES
from initlint.config import Configuration, Policy, rule_set
from initlint.custom import NO_PLUGINS, Plugins
from initlint.custom.run import Complaint
from initlint.diagnostics import Diagnostic, Edit, Fix, PlacedEdit, PlacedFix, Severity, Suppressed
from initlint.discover import Exclusion, Found, discover
from initlint.ir.data import dataclass
from initlint.ir.gaps import Reading
from initlint.ir.place import Span
from initlint.results import FileResult, merge, resolved
from initlint.signal.facts import SuppressionFacts
from initlint.signal.thresholds import DEFAULT, Thresholds

ON_COMMENTS = frozenset(rule.code for rule in RULES if rule.scope == "suppressions")
_DEFAULT = frozenset(rule.code for rule in RULES if rule.default)
# Whose comments are no business of a run that only reads: the first run after the others, the second not at all.
_NOT_JUDGED = ON_COMMENTS | frozenset(rule.code for rule in RULES if rule.scope == "measured")


Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found: the findings in order of their places, how many files were read, the files on which the
    analysis failed, each with one line that says how; where IL005 is asked for, how far each class was read; what
    was found and is not reported; and what rules that are not initlint's did wrong."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    failures: tuple[tuple[str, str], ...] = ()
    readings: tuple[Reading, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def check_files(
    files: Sequence[str],
    codes: frozenset[str],
    jobs: int = 1,
    progress: Progress | None = None,
    overlay: dict[str, bytes] | None = None,
    extension: Extension | None = None,
    plugins: Plugins = NO_PLUGINS,
) -> Report:
    """Lint files with the rules that have those codes, as :func:`check_configured` does."""
    results = analyse(files, jobs, progress, overlay, extension, codes - _DEFAULT, plugins)
    return _report(results, dict.fromkeys(files, Policy(codes, rule_set(plugins))))


def check_configured(
    files: Sequence[str],
    configuration: Configuration,
    jobs: int = 1,
    progress: Progress | None = None,
    overlay: dict[str, bytes] | None = None,
    optional: frozenset[str] = frozenset(),
    cache: str | None = None,
) -> Report:
    """Lint files, each with the settings that hold for it, and with the rules that have the codes ``optional``.

    ``overlay`` gives the bytes of files that are not read from disk; ``progress`` is told how many files of how many
    are done; ``cache`` is a folder to keep results in between runs. The report is the same for any number of ``jobs``,
    with a cache and without.

    :raises initlint.config.ConfigError: a configuration cannot be used.
    """
    policies = {path: configuration.policy(path) for path in files}
    policies = {path: replace(policy, codes=policy.codes | optional) for path, policy in policies.items()}
    wanted = frozenset[str]().union(*(policy.codes for policy in policies.values())) - _DEFAULT
    results: list[FileResult] = []
    for (extension, plugins, thresholds), group in _groups(files, configuration):
        done = len(results)
        told = None if progress is None else lambda n, _, done=done: progress(done + n, len(files))
        results += analyse(group, jobs, told, overlay, extension, wanted, plugins, cache, thresholds)
    results.sort(key=lambda result: result.path)
    return _report(results, policies)


def analyse(
    paths: Sequence[str],
    jobs: int,
    progress: Progress | None,
    overlay: dict[str, bytes] | None,
    extension: Extension | None,
    optional: frozenset[str],
    plugins: Plugins = NO_PLUGINS,
    folder: str | None = None,
    thresholds: Thresholds = DEFAULT,
) -> list[FileResult]:
    """The results of files, those of the cache among them; what analyses is imported only for the rest."""
    cache = (
        Cache(folder, circumstances(extension, optional, plugins, thresholds))
        if folder is not None and not overlay
        else None
    )
    known = cache.results(paths) if cache is not None else {}
    rest = [path for path in paths if path not in known]
    if progress is not None and known:
        progress(len(known), len(paths))
    if rest:
        from initlint import analysis

        told = None if progress is None else lambda done, _: progress(len(known) + done, len(paths))
        keep = cache.keep if cache is not None else None
        try:
            found = analysis.analyse(rest, jobs, told, overlay, extension, optional, plugins, keep, thresholds)
        finally:
            if cache is not None:
                cache.write()
        known |= {result.path: result for result in found}
    elif cache is not None:
        cache.write()
    return [known[path] for path in paths]


Setup = tuple["Extension | None", Plugins, Thresholds]


def _groups(files: Sequence[str], configuration: Configuration) -> list[tuple[Setup, list[str]]]:
    """The files that can be analysed together."""
    groups: list[tuple[Setup, list[str]]] = []
    for path in files:
        settings = configuration.of(path)
        setup = (settings.catalog, configuration.plugins(settings), settings.thresholds)
        group = next((group for each, group in groups if each == setup), None)
        if group is None:
            groups.append((setup, [path]))
        else:
            group.append(path)
    return groups


def _report(results: Sequence[FileResult], policies: Mapping[str, Policy]) -> Report:
    rules = {rule.code: rule for policy in policies.values() for rule in policy.rules.rules}
    merged = merge(results, frozenset(policies), rules.values())
    diagnostics: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    for result in results:
        applied = _applied(result, merged.get(result.path, []), policies[result.path])
        diagnostics += applied.kept
        suppressed += [Suppressed(each, "inSource", reason) for each, reason in applied.hidden]
    suppressed.sort(key=lambda each: each.diagnostic.sort_key)
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    failures = tuple((result.path, result.failure) for result in results if result.failure is not None)
    readings = tuple(reading for result in results for reading in result.readings)
    complaints = tuple(complaint for result in results for complaint in result.complaints)
    return Report(tuple(diagnostics), len(results), failures, readings, tuple(suppressed), complaints)


def _applied(result: FileResult, found: Sequence[Diagnostic], policy: Policy) -> suppress.Applied:
    codes = policy.codes
    # Comments are only judged where the file was: else each of them would seem to be unused.
    whole = result.failure is None and not any(each.code in ("IL001", "IL004") for each in found)
    severities = dict(policy.severities)
    found = [_as_bad_as(each, severities) for each in found if each.code in codes]
    directives = suppress.parse(result.path, result.comments, policy.rules)
    judged = codes - _NOT_JUDGED if whole else frozenset()
    complete = judged >= {rule.code for rule in policy.rules.rules if rule.default} - _NOT_JUDGED
    applied = suppress.apply(result.path, found, directives, judged, complete)
    for each in _about_comments(applied.facts):
        # A bare comment must not hide that it is useless itself.
        by = next((one for one in directives if one.names and one.hides(each)), None)
        if each.code in codes and by is not None:
            applied.hidden.append((_as_bad_as(each, severities), by.reason))
        elif each.code in codes:
            applied.kept.append(_as_bad_as(each, severities))
    return applied


def _as_bad_as(diagnostic: Diagnostic, severities: Mapping[str, Severity]) -> Diagnostic:
    severity = severities.get(diagnostic.code, diagnostic.severity)
    return diagnostic if severity is diagnostic.severity else replace(diagnostic, severity=severity)


def _about_comments(facts: SuppressionFacts) -> list[Diagnostic]:
    rules = [rule for rule in RULES if rule.scope == "suppressions"]
    return [resolved(rule, finding, {}, _of_comment(finding.fix)) for rule in rules for finding in rule.check(facts)]


def _of_comment(wanted: PlacedFix | None) -> Fix | None:
    """The fix of a finding about a comment, whose edits have positions already."""
    if wanted is None:
        return None
    edits = [
        Edit(each.place, each.text)
        for each in wanted.edits
        if isinstance(each, PlacedEdit) and isinstance(each.place, Span)
    ]
    return Fix(wanted.message, wanted.applicability, tuple(edits))


def processors() -> int:
    """How many processes a run may use to good effect."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def find(paths: Sequence[str], configuration: Configuration) -> Found:
    """The files that paths mean, without what the configuration leaves out.

    :raises initlint.config.ConfigError: a configuration cannot be used.
    """

    def exclusion(folder: str) -> Exclusion:
        settings = configuration.folder(folder)
        return Exclusion(settings.exclude, settings.force_exclude)

    return discover(paths, exclusion)
