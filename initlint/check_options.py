"""The options of ``initlint check``, and which of them go together."""

from __future__ import annotations

from dataclasses import field

import click

from initlint.command_settings import ConfigOptions
from initlint.ir.data import dataclass
from initlint.narrow import Narrowing
from initlint.output import Output
from initlint.report import FOR_PEOPLE


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of ``check``."""

    paths: tuple[str, ...]
    settings: ConfigOptions = field(default_factory=ConfigOptions)
    outputs: tuple[Output, ...] = (Output(),)
    stdin_filename: str | None = None
    exit_zero: bool = False
    quiet: bool = False
    statistics: bool = False
    show_unknown: bool = False
    probe: bool = False
    add_ignore: str | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    show_settings: bool = False
    show_files: bool = False
    watch: bool = False
    jobs: int | None = None
    cache: str | None = None
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

    @property
    def to_files(self) -> bool:
        """Whether a report is to be written to a file."""
        return any(each.path is not None for each in self.outputs)


def validate(options: Options) -> None:
    """Check that the options go together.

    :raises click.UsageError: they contradict each other.
    """
    if options.statistics and options.outputs[0].form not in FOR_PEOPLE:
        raise click.UsageError(f"--statistics goes with --format {' or '.join(sorted(FOR_PEOPLE))}")
    if options.unsafe_fixes and not options.fixing:
        raise click.UsageError("--unsafe-fixes goes with --fix, --fix-only or --diff")
    if options.silent and (options.to_files or options.statistics or options.show_unknown):
        raise click.UsageError("--diff and --fix-only give no report to write, to count or to explain")
    if options.watch and (options.paths == ("-",) or options.show_settings or options.show_files):
        raise click.UsageError("--watch lints files as they change: give paths, and no --show-…")
    if options.add_ignore is not None:
        if options.fixing:
            raise click.UsageError("--add-ignore suppresses what --fix would change; give one of the two")
        _check_reason(options)
    _check_narrowing(options)


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
