"""Where the reports of ``initlint check`` go: one to the terminal, or any number to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from initlint.atomic import replace_file
from initlint.console import Trouble, emit
from initlint.engine import Report
from initlint.ir.data import dataclass
from initlint.report import FOR_PEOPLE, RENDERERS
from initlint.report.paint import Painter, painter_for
from initlint.report.summary import reading_summary, statistics, summary
from initlint.sources import Sources, in_cells


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its format, and the file that it is written to, or None for stdout."""

    form: str = "full"
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """What the reports for people hold beside the findings."""

    quiet: bool = False
    statistics: bool = False
    show_unknown: bool = False
    any_files: bool = True


def outputs(formats: Sequence[tuple[str, str | None]], output_file: str | None) -> tuple[Output, ...]:
    """What ``--format`` (each a format, and the file of ``FORMAT=FILE``) and ``--output-file`` ask for: at most one
    report without a file of its own, which is ``full`` where no format is named for it.

    :raises click.UsageError: two reports would go to one place.
    """
    bare = [form for form, path in formats if path is None]
    if len(bare) > 1:
        raise click.UsageError(f"two reports for one place: write `--format {bare[1]}=FILE` for the second")
    found = (Output(bare[0] if bare else "full", output_file), *(Output(form, path) for form, path in formats if path))
    paths = [os.path.realpath(each.path) for each in found if each.path is not None]
    if len(set(paths)) < len(paths):
        raise click.UsageError("two reports would be written to one file")
    return found


def write(report: Report, found: Sequence[Output], overlay: Mapping[str, bytes], style: Style, stderr: bool) -> None:
    """Write the reports; the one without a file to stdout, or to stderr.

    :raises Trouble: a file can't be written.
    """
    sources = Sources(dict(overlay))
    hidden = [replace(each, diagnostic=in_cells([each.diagnostic], sources)[0]) for each in report.suppressed]
    report = replace(report, diagnostics=in_cells(report.diagnostics, sources), suppressed=tuple(hidden))
    for each in found:
        stream = sys.stderr if stderr else sys.stdout
        painter = painter_for(stream) if each.path is None else Painter()
        text = _text(report, each, sources, style, painter)
        if each.path is None:
            emit(text, painter, stream)
        else:
            _to_file(each.path, text)


def _text(report: Report, output: Output, sources: Sources, style: Style, painter: Painter) -> str:
    if style.statistics and output.form in FOR_PEOPLE:
        text = statistics(report.diagnostics, painter)
    else:
        text = RENDERERS[output.form](report, sources, painter)
    if style.show_unknown and output.form in FOR_PEOPLE:
        text += reading_summary(report.readings, painter)
    if output.form in FOR_PEOPLE and not style.quiet and style.any_files:
        text += summary(report.diagnostics, report.files, len(report.failures), painter)
    return text


def _to_file(path: str, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # a pipe or a device
            with open(path, "wb") as file:
                file.write(data)
        else:
            replace_file(path, data)
    except OSError as error:
        raise Trouble(f"{path}: can't be written: {(error.strerror or str(error)).lower()}") from None
