"""``initlint check``: one run from arguments to output and exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import click

from initlint.add_ignores import add_ignores
from initlint.checks import not_analysed
from initlint.command_settings import ConfigOptions, configuration, settings_text
from initlint.config import ConfigError, Configuration
from initlint.console import FINDINGS, TROUBLE, Trouble, emit
from initlint.diagnostics import Diagnostic
from initlint.engine import Report, check_configured, find, processors
from initlint.fix_command import deliver, refusals, texts_of
from initlint.fixer import Outcome, fix
from initlint.narrow import Narrowing, narrowed
from initlint.pages import announce
from initlint.report import FOR_PEOPLE, RENDERERS
from initlint.report.frame import Sources
from initlint.report.paint import Painter, one_line, painter_for
from initlint.report.progress import ProgressBar
from initlint.report.summary import fixed_summary, reading_summary, statistics, summary


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of ``check``."""

    paths: tuple[str, ...]
    settings: ConfigOptions = field(default_factory=ConfigOptions)
    format: str = "full"
    output_file: str | None = None
    stdin_filename: str | None = None
    exit_zero: bool = False
    quiet: bool = False
    statistics: bool = False
    show_unknown: bool = False
    add_ignore: str | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    show_settings: bool = False
    show_files: bool = False
    jobs: int | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    diff: bool = False

    @property
    def fixing(self) -> bool:
        """Whether fixes are looked for at all."""
        return self.fix or self.fix_only or self.diff

    @property
    def silent(self) -> bool:
        """Whether no report is wanted."""
        return self.fix_only or self.diff


@dataclass(frozen=True, slots=True)
class _Input:
    """The files to lint, the bytes of those not on disk, and what went wrong on the way."""

    files: tuple[str, ...]
    overlay: dict[str, bytes]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def run(options: Options) -> int:
    """Lint and print; the exit status: 0 clean, 1 findings, 2 where a path is missing or a file's analysis failed.

    :raises Trouble: nothing can be linted, or the output can't be written.
    :raises click.UsageError: the options contradict each other or name no rule.
    """
    if options.statistics and options.format not in FOR_PEOPLE:
        raise click.UsageError(f"--statistics goes with --format {' or '.join(sorted(FOR_PEOPLE))}")
    if options.unsafe_fixes and not options.fixing:
        raise click.UsageError("--unsafe-fixes goes with --fix, --fix-only or --diff")
    if options.silent and (options.output_file or options.statistics or options.show_unknown):
        raise click.UsageError("--diff and --fix-only give no report to write, to count or to explain")
    beside = (options.stdin_filename or ".",) if options.paths == ("-",) else options.paths
    if options.add_ignore is not None:
        if options.fixing:
            raise click.UsageError("--add-ignore suppresses what --fix would change; give one of the two")
        _check_reason(options)
    _check_narrowing(options)
    found = configuration(options.settings, beside)
    try:
        return _run(options, found)
    except ConfigError as error:
        raise Trouble(str(error)) from None


def _run(options: Options, settings: Configuration) -> int:
    given = _input(options, settings)
    for path in given.files:
        announce(settings.policy(path).rules.rules)
    if options.show_settings:
        emit(settings_text(given.files, settings))
        return _told(given.errors)
    if options.show_files:
        emit("".join(f"{one_line(path)}\n" for path in given.files))
        return _told(given.errors)
    optional = frozenset({not_analysed.RULE.code} if options.show_unknown else ())
    narrowing_notes: list[str] = []
    with ProgressBar(not options.quiet) as bar:

        def check(overlay: dict[str, bytes]) -> Report:
            jobs = options.jobs or processors()
            found = check_configured(given.files, settings, jobs, bar.update, overlay, optional)
            found, narrowing_notes[:] = narrowed(found, options.narrowing, given.files, settings, overlay, jobs)
            return found

        outcome = fix(check, texts_of(given.files, given.overlay), options.unsafe_fixes) if options.fixing else None
        report = outcome.report if outcome is not None else check(given.overlay)
    if options.add_ignore is not None:
        done, left = add_ignores(report.diagnostics, options.add_ignore.strip())
        report = replace(report, diagnostics=tuple(left))
        click.echo(done, err=True)
    if not options.silent:
        _write(report, options, given, {**given.overlay, **(outcome.after if outcome is not None else {})})
    errors = [*given.errors, *(f"{one_line(path)}: {one_line(failure)}" for path, failure in report.failures)]
    errors += _complaints(report)
    notes = [*given.notes, *narrowing_notes]
    if outcome is not None:
        errors += deliver(outcome, options.diff, given.overlay)
        notes += _fixes(outcome, options.diff)
    if not options.quiet:
        for note in notes:
            click.echo(note, err=True)
    status = _told(errors)
    if options.silent:
        failing = options.diff and outcome is not None and bool(outcome.after)
    else:
        failing = any(_fails(each, settings) for each in report.diagnostics)
    return status or (FINDINGS if failing and not options.exit_zero else 0)


def _complaints(report: Report) -> Iterator[str]:
    """What rules that are not initlint's did wrong: for each the first time, and how often."""
    by_rule: dict[str, list[str]] = {}
    for rule, did in report.complaints:
        by_rule.setdefault(rule, []).append(did)
    for rule, done in by_rule.items():
        more = f", and failed {len(done) - 1} more times" if len(done) > 2 else ", and once more" if done[1:] else ""
        yield one_line(f"{rule} {done[0]}{more}; what else was found is reported")


def _check_narrowing(options: Options) -> None:
    narrowing = options.narrowing
    if narrowing.since is not None and (narrowing.write or narrowing.prune):
        raise click.UsageError("--since leaves findings out; a baseline can't be written from the rest")
    if options.fixing and (narrowing.write or narrowing.prune):
        raise click.UsageError("fix first, and write the baseline then")
    if narrowing.no_baseline and (narrowing.write or narrowing.prune or options.settings.baseline):
        raise click.UsageError("--no-baseline goes with no other option about baselines")
    if "-" in options.paths and (narrowing.since is not None or narrowing.write or narrowing.prune):
        raise click.UsageError("the standard input has no past and no baseline of its own: give paths")


def _check_reason(options: Options) -> None:
    if "-" in options.paths:
        raise click.UsageError("--add-ignore changes files; it can't be given for `-`")
    if "#" in (options.add_ignore or "") or len((options.add_ignore or "").splitlines()) > 1:
        raise click.BadParameter("a reason is one line without `#`", param_hint="--add-ignore")


def _fixes(outcome: Outcome, would: bool) -> Iterator[str]:
    """What was fixed and what was not, in words."""
    yield from refusals(outcome)
    if outcome.fixed:
        yield fixed_summary(len(outcome.fixed), would, painter_for(sys.stderr))


def _told(errors: Iterable[str]) -> int:
    """Say what went wrong; the exit status."""
    status = 0
    for error in errors:
        click.echo(f"Error: {error}", err=True)
        status = TROUBLE
    return status


def _fails(diagnostic: Diagnostic, settings: Configuration) -> bool:
    # What --show-unknown adds is about the linter, not about the code.
    path = diagnostic.span.path
    level = settings.of(path).fail_on
    return diagnostic.severity.rank <= level.rank and diagnostic.code in settings.policy(path).codes


def _input(options: Options, settings: Configuration) -> _Input:
    if "-" in options.paths:
        if options.paths != ("-",):
            raise click.UsageError("`-` stands for the only input; other paths can't be given beside it")
        path = (options.stdin_filename or "<stdin>").replace(os.sep, "/")
        data = sys.stdin.buffer.read()
        return _Input((), {}) if path.endswith(".ipynb") else _Input((path,), {path: data})
    if options.stdin_filename is not None:
        raise click.UsageError("--stdin-filename goes with the path `-`")
    found = find(options.paths, settings)
    errors = [f"no such file or directory: {one_line(path)}{_command_hint(path)}" for path in found.missing]
    roots = {os.path.normpath(path).replace(os.sep, "/") for path in options.paths}
    notes: list[str] = []
    for path, reason in found.unreadable:
        # Deep in a tree, a folder of another user is no reason to fail; one that was asked for is.
        text = f"{one_line(path)}: folder can't be read: {reason}"
        (errors if path in roots else notes).append(text)
    if not found.files and not errors:
        notes.append("No Python files to check")
    return _Input(found.files, {}, tuple(errors), tuple(notes))


def _command_hint(path: str) -> str:
    import difflib

    close = difflib.get_close_matches(
        path, ("check", "explain", "rules", "dump", "trace", "probe", "init", "new-rule"), 1, 0.8
    )
    return f" (did you mean the command `{close[0]}`?)" if close else ""


def _write(report: Report, options: Options, given: _Input, overlay: dict[str, bytes]) -> None:
    # What is fixed on its way from stdin to stdout leaves no room there for anything else.
    stream = sys.stderr if options.fix and given.overlay else sys.stdout
    painter = Painter() if options.output_file else painter_for(stream)
    if options.statistics:
        text = statistics(report.diagnostics, painter)
    else:
        text = RENDERERS[options.format](report.diagnostics, Sources(overlay), painter)
    if options.show_unknown and options.format in FOR_PEOPLE:
        text += reading_summary(report.readings, painter)
    if options.format in FOR_PEOPLE and not options.quiet and given.files:
        text += summary(report.diagnostics, report.files, len(report.failures), painter)
    if options.output_file is None:
        emit(text, painter, stream)
        return
    try:
        with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Trouble(f"{options.output_file}: can't be written: {(error.strerror or str(error)).lower()}") from None
