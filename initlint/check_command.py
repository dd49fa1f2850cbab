"""``initlint check``: one run from arguments to output and exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from initlint.add_ignores import add_ignores
from initlint.check_options import Options, validate
from initlint.checks import not_analysed
from initlint.command_settings import configuration, settings_text
from initlint.config import ConfigError, Configuration
from initlint.console import FINDINGS, TROUBLE, Trouble, emit
from initlint.diagnostics import Diagnostic
from initlint.engine import Report, check_configured, find, processors
from initlint.fix_command import deliver, refusals, texts_of
from initlint.fixer import Outcome, fix
from initlint.ir.data import dataclass
from initlint.narrow import narrowed
from initlint.output import Style, write
from initlint.pages import announce
from initlint.report.paint import one_line, painter_for
from initlint.report.progress import ProgressBar
from initlint.report.summary import fixed_summary
from initlint.watch import watch


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
    validate(options)
    if options.watch:
        watch(lambda: _once(options), lambda: _watched(options), sys.stdout.isatty())
    return _once(options)


def _watched(options: Options) -> Iterable[str]:
    """The files whose changes matter."""
    found = configuration(options.settings, options.paths)
    try:
        return [*find(options.paths, found).files, *found.sources]
    except ConfigError as error:
        raise Trouble(str(error)) from None


def _once(options: Options) -> int:
    beside = (options.stdin_filename or ".",) if options.paths == ("-",) else options.paths
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
            found = check_configured(given.files, settings, jobs, bar.update, overlay, optional, options.cache)
            found, narrowing_notes[:] = narrowed(found, options.narrowing, given.files, settings, overlay, jobs)
            return found

        outcome = fix(check, texts_of(given.files, given.overlay), options.unsafe_fixes) if options.fixing else None
        report = outcome.report if outcome is not None else check(given.overlay)
    if options.probe:
        report, skipped = _probed(report, given, settings)
        narrowing_notes += skipped
    if options.add_ignore is not None:
        done, left = add_ignores(report.diagnostics, options.add_ignore.strip())
        report = replace(report, diagnostics=tuple(left))
        click.echo(done, err=True)
    if not options.silent:
        style = Style(options.quiet, options.statistics, options.show_unknown, bool(given.files))
        shown = {**given.overlay, **(outcome.after if outcome is not None else {})}
        # What is fixed on its way from stdin to stdout leaves no room there for anything else.
        write(report, options.outputs, shown, style, stderr=options.fix and bool(given.overlay))
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
        return _Input((path,), {path: data})
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


def _probed(report: Report, given: _Input, settings: Configuration) -> tuple[Report, tuple[str, ...]]:
    """The report with what was measured, and a note on each class that could not be."""
    from initlint.probe.merge import probed
    from initlint.probe_command import as_configured, configured, needs_torch

    needs_torch()
    merged = probed(report.diagnostics, given.files, lambda each: as_configured(each, settings),
                    lambda job: configured(job, settings))  # fmt: skip
    return replace(report, diagnostics=merged.diagnostics), merged.notes


def _command_hint(path: str) -> str:
    import difflib

    commands = ("check", "clean", "explain", "rules", "dump", "trace", "probe", "init", "new-rule")
    close = difflib.get_close_matches(path, commands, 1, 0.8)
    return f" (did you mean the command `{close[0]}`?)" if close else ""
