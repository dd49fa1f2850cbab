"""``initlint probe``: measure models in a process of their own, judge what it sends, and print."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

import click

from initlint.checks import RULES
from initlint.command_settings import ConfigOptions, configuration
from initlint.config import Configuration
from initlint.console import FINDINGS, TROUBLE, Trouble, emit
from initlint.diagnostics import Diagnostic
from initlint.engine import Report, find
from initlint.ir.data import dataclass
from initlint.ir.measured import NO_MODELS, Measurement, Skip
from initlint.ir.place import Span
from initlint.probe.judge import NEED_EXTRAS, judge
from initlint.probe.launch import Job, run
from initlint.probe.predict import predicted
from initlint.report import RENDERERS
from initlint.report.measured import as_json, relative, skipped, table
from initlint.report.paint import painter_for
from initlint.report.progress import ProgressBar
from initlint.sources import Sources

_EVERY = frozenset(rule.code for rule in RULES)


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of ``probe``."""

    targets_: tuple[str, ...]
    settings: ConfigOptions = field(default_factory=ConfigOptions)
    seeds: int = 5
    batch: int = 17
    input: tuple[str, ...] = ()
    kwargs: tuple[str, ...] = ()
    targets: int | None = None
    device: str = "cpu"
    blockwise: bool | None = None
    format: str = "table"
    html: str | None = None
    timeout: float = 120.0
    memory: float = 0.0
    exit_zero: bool = False
    skip_empty: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    measurements: tuple[Measurement, ...]
    skips: tuple[Skip, ...]
    found: dict[str, list[Diagnostic]]

    @property
    def all(self) -> list[Diagnostic]:
        """The findings of all models, each once, in order of their places."""
        distinct = {(each.code, each.span): each for found in self.found.values() for each in found}
        return sorted(distinct.values(), key=lambda each: each.sort_key)


def run_command(options: Options) -> int:
    """Measure and print; the exit status: 0 clean, 1 findings, 2 where a target could not be measured.

    :raises Trouble: torch is not there, or the configuration can't be used.
    :raises click.UsageError: an option has another form.
    """
    needs_torch()
    files = [path for each in options.targets_ if os.path.exists(path := file_of(each))]
    settings = configuration(options.settings, files or ["."])
    job = _job(options, settings)
    results = []
    asked = options.targets_ or tuple(_of_configuration(settings))
    if not asked:
        raise click.UsageError("Missing argument 'TARGET...': the configuration has no target of the probe, either.")
    given = list(_targets(asked, settings))
    with ProgressBar(not options.quiet, "measuring") as bar:
        for number, target in enumerate(given):
            bar.update(number, len(given))
            results += run(configured(replace(job, target=target), settings))
    if options.skip_empty:
        results = [each for each in results if not isinstance(each, Skip) or each.why != NO_MODELS]
    outcome = _judged(results, settings)
    _print(outcome, options)
    if options.html is not None:
        _write_page(outcome, options.html)
    for each in outcome.skips:
        prefix = "Error: " if each.failed or each.target in asked else ""
        click.echo(prefix + skipped(each), err=True, nl=False)
    if any(each.failed or each.target in asked for each in outcome.skips) or not (results or options.skip_empty):
        return TROUBLE
    return FINDINGS if outcome.all and not options.exit_zero else 0


def needs_torch() -> None:
    """:raises Trouble: it is not installed."""
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise Trouble('the probe needs PyTorch: pip install "initlint[probe]"')


def _targets(given: Sequence[str], settings: Configuration) -> Sequence[str]:
    """Targets as they are given; folders as the files that may hold models."""
    from initlint.syntax.source import could_hold_models

    found: list[str] = []
    for target in given:
        if not os.path.isdir(target):
            found.append(target)
            continue
        for path in find((target,), settings).files:
            with open(path, "rb") as file:
                if path.endswith(".py") and could_hold_models(file.read()):
                    found.append(path)
    return found


def _job(options: Options, settings: Configuration) -> Job:
    return Job(
        target="",
        seeds=options.seeds,
        batch=options.batch,
        kwargs=_arguments(options.kwargs) if options.kwargs else None,
        inputs=tuple(map(_input, options.input)),
        targets=options.targets,
        device=options.device,
        blockwise=options.blockwise,
        timeout=options.timeout,
        memory=options.memory,
        extras=options.html is not None or bool(settings.policy(os.curdir).codes & NEED_EXTRAS),
    )


def file_of(target: str) -> str:
    """The file or folder that a target names; the target itself where it names a module."""
    return target if os.path.exists(target) else target.rpartition(":")[0] or target


def _of_configuration(settings: Configuration) -> Iterator[str]:
    for each in reversed(settings.of_all(["."]).probe):
        path, _, name = each.target.rpartition(":")
        where = os.path.join(each.folder, path)
        yield f"{relative(where)}:{name}" if os.path.exists(where) else each.target


def configured(job: Job, settings: Configuration) -> Job:
    """The job with what the configuration says of its target, or of the classes in its file, under what the command
    line says.

    :raises Trouble: the configuration gives an input in another form.
    """
    path = file_of(job.target)
    name = job.target[len(path) + 1 :]
    named: dict[str, Mapping[str, Any]] = {}
    for each in settings.of_all([path] if os.path.exists(path) else ["."]).probe:
        other, _, other_name = each.target.rpartition(":")
        where = os.path.join(each.folder, other)
        same = os.path.exists(path) and os.path.exists(where) and os.path.samefile(path, where)
        if same or other == path:
            try:
                inputs = tuple(map(_input, each.inputs))
            except click.BadParameter as error:
                raise Trouble(f'{each.origin}: `probe."{each.target}"`: {error.message}') from None
            if other_name == name:
                kwargs = {**(each.kwargs or {}), **(job.kwargs or {})} or None
                return replace(job, kwargs=kwargs, inputs=job.inputs or inputs, targets=job.targets or each.targets)
            named.setdefault(other_name, {"kwargs": each.kwargs, "inputs": inputs, "targets": each.targets})
    return replace(job, named=named) if not name else job


def _arguments(given: Sequence[str]) -> Mapping[str, Any]:
    """NAME=VALUE, each a literal of Python or else a text."""
    arguments: dict[str, Any] = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals or not name.isidentifier():
            raise click.BadParameter(f"`{each}` is not NAME=VALUE", param_hint="--kwargs")
        try:
            arguments[name] = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            arguments[name] = text
    return arguments


def _input(text: str) -> tuple[str, tuple[int, ...], str]:
    match = re.fullmatch(r"(?:([A-Za-z_]\w*)=)?(\d+(?:[x,×]\d+)*)?(?::(float|int\d*|\d+))?", text)
    if match is None or not text:
        raise click.BadParameter(
            f"`{text}` is not [NAME=]SHAPE[:DTYPE], such as 3x224x224, 16:int1000 or mask=16", param_hint="--input"
        )
    shape = tuple(int(size) for size in re.findall(r"\d+", match[2] or ""))
    kind = match[3] or "float"
    return match[1] or "", shape, kind.removeprefix("int") or "int" if kind != "float" else "float"


def _judged(results: Sequence[Measurement | Skip], settings: Configuration) -> _Outcome:
    measurements: list[Measurement] = []
    skips: list[Skip] = []
    found: dict[str, list[Diagnostic]] = {}
    for each in results:
        if isinstance(each, Skip):
            skips.append(each)
            continue
        place = each.place.path if each.place is not None else "."
        measured = predicted(each, settings.of(place).catalog)
        measurements.append(measured)
        found[measured.target] = [
            shown
            for diagnostic in judge(measured, _EVERY)
            if (shown := as_configured(diagnostic, settings)) is not None
        ]
    return _Outcome(tuple(measurements), tuple(skips), found)


def as_configured(diagnostic: Diagnostic, settings: Configuration) -> Diagnostic | None:
    """As the configuration of its file has it; None where that leaves it out."""
    policy = settings.policy(diagnostic.span.path)
    if diagnostic.code not in policy.codes:
        return None
    severity = dict(policy.severities).get(diagnostic.code, diagnostic.severity)
    return _here(replace(diagnostic, severity=severity))


def _here(diagnostic: Diagnostic) -> Diagnostic:
    """With paths as seen from the current folder."""

    def near(span: Span) -> Span:
        return replace(span, path=relative(span.path))

    related = tuple((near(span), label) for span, label in diagnostic.related)
    return replace(diagnostic, span=near(diagnostic.span), related=related)


def _report(outcome: _Outcome) -> Report:
    return Report(tuple(outcome.all), len(outcome.measurements))


def _write_page(outcome: _Outcome, path: str) -> None:
    from initlint.report.html import page

    try:
        text = page(outcome.measurements, outcome.found)
    except ModuleNotFoundError:
        raise Trouble('--html needs jinja2: pip install "initlint[probe]"') from None
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Trouble(f"{path}: can't be written: {(error.strerror or str(error)).lower()}") from None


def _print(outcome: _Outcome, options: Options) -> None:
    painter = painter_for(sys.stdout)
    if options.format == "json":
        emit(as_json(outcome.measurements, outcome.skips, outcome.found))
    elif options.format != "table":
        emit(RENDERERS[options.format](_report(outcome), Sources(), painter), painter)
    else:
        for each in outcome.measurements:
            emit(table(each, outcome.found[each.target], painter), painter)
        emit(RENDERERS["full"](_report(outcome), Sources(), painter), painter)
        if not options.quiet:
            count = len(outcome.measurements)
            emit(f"Measured {count} {'model' if count == 1 else 'models'}, {len(outcome.all)} findings\n")
