"""``initlint check``: one run from arguments to output and exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

import click

from initlint.checks import not_analysed
from initlint.config import ConfigError, Settings, load
from initlint.discover import discover
from initlint.engine import Report, check_files, processors
from initlint.report import FOR_PEOPLE, RENDERERS
from initlint.report.frame import Sources
from initlint.report.paint import Painter, one_line, painter_for
from initlint.report.progress import ProgressBar
from initlint.report.summary import reading_summary, statistics, summary
from initlint.selection import UnknownRuleError, selected_codes

FINDINGS, TROUBLE = 1, 2


class Trouble(click.ClickException):
    """A usage, configuration or internal error: the exit status is 2."""

    exit_code = TROUBLE


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of ``check``."""

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    format: str = "full"
    output_file: str | None = None
    stdin_filename: str | None = None
    isolated: bool = False
    exit_zero: bool = False
    quiet: bool = False
    statistics: bool = False
    show_unknown: bool = False
    jobs: int | None = None


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
    _check_keys(options)
    settings = _settings(options)
    asked = _codes(settings)
    codes = asked | {not_analysed.RULE.code} if options.show_unknown else asked
    given = _input(options, settings)
    with ProgressBar(not options.quiet) as bar:
        jobs = options.jobs or processors()
        report = check_files(given.files, codes, jobs, bar.update, given.overlay, settings.catalog)
    _write(report, options, given)
    if not options.quiet:
        for note in given.notes:
            click.echo(note, err=True)
    errors = [*given.errors, *(f"{one_line(path)}: {one_line(failure)}" for path, failure in report.failures)]
    for error in errors:
        click.echo(f"Error: {error}", err=True)
    if errors:
        return TROUBLE
    # What --show-unknown adds is about the linter, not about the code.
    found = any(diagnostic.code in asked for diagnostic in report.diagnostics)
    return FINDINGS if found and not options.exit_zero else 0


def split(values: Iterable[str]) -> tuple[str, ...]:
    """The keys of options that may be repeated and hold lists with commas."""
    return tuple(key.strip() for value in values for key in value.split(",") if key.strip())


def _check_keys(options: Options) -> None:
    for name, keys in (("--select", options.select), ("--ignore", options.ignore)):
        try:
            selected_codes(keys, ())
        except UnknownRuleError as error:
            raise click.BadParameter(f"{error}; `initlint rules` lists them", param_hint=name) from None


def _settings(options: Options) -> Settings:
    """The file's settings under those of the command line, whose ``--select`` starts afresh."""
    settings = Settings()
    if not options.isolated:
        beside = (options.stdin_filename or ".",) if options.paths == ("-",) else options.paths
        try:
            settings = load(beside)
        except ConfigError as error:
            raise Trouble(str(error)) from None
    select, ignore = (options.select, ()) if options.select else (settings.select, settings.ignore)
    return replace(settings, select=select, ignore=(*ignore, *options.ignore))


def _codes(settings: Settings) -> frozenset[str]:
    try:
        return selected_codes(settings.select, settings.ignore)
    except UnknownRuleError as error:
        raise Trouble(f"{settings.origin}: {error}") from None


def _input(options: Options, settings: Settings) -> _Input:
    if "-" in options.paths:
        if options.paths != ("-",):
            raise click.UsageError("`-` stands for the only input; other paths can't be given beside it")
        path = (options.stdin_filename or "<stdin>").replace(os.sep, "/")
        data = sys.stdin.buffer.read()
        return _Input((), {}) if path.endswith(".ipynb") else _Input((path,), {path: data})
    if options.stdin_filename is not None:
        raise click.UsageError("--stdin-filename goes with the path `-`")
    found = discover(options.paths, settings.exclude, settings.root)
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

    close = difflib.get_close_matches(path, ("check", "explain", "rules", "dump", "trace", "new-rule"), 1, 0.8)
    return f" (did you mean the command `{close[0]}`?)" if close else ""


def _write(report: Report, options: Options, given: _Input) -> None:
    painter = Painter() if options.output_file else painter_for(sys.stdout)
    if options.statistics:
        text = statistics(report.diagnostics, painter)
    else:
        text = RENDERERS[options.format](report.diagnostics, Sources(given.overlay), painter)
    if options.show_unknown and options.format in FOR_PEOPLE:
        text += reading_summary(report.readings, painter)
    if options.format in FOR_PEOPLE and not options.quiet and given.files:
        text += summary(report.diagnostics, report.files, len(report.failures), painter)
    if options.output_file is None:
        emit(text, painter)
        return
    try:
        with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Trouble(f"{options.output_file}: can't be written: {(error.strerror or str(error)).lower()}") from None


def emit(text: str, painter: Painter | None = None) -> None:
    """Write to stdout. A reader that has gone away (``initlint … | head``) changes nothing of the exit status."""
    painter = painter or Painter()
    try:
        click.echo(text, nl=False, color=painter.colour or painter.links)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would be written, and fail, once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
