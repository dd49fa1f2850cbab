"""What ``--fix``, ``--fix-only`` and ``--diff`` do with the fixes of a run: write them, or show them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from initlint.atomic import replace_file
from initlint.fixer import Outcome
from initlint.report import diff
from initlint.report.location import spot
from initlint.report.paint import one_line, painter_for
from initlint.sources import Sources


def texts_of(files: Sequence[str], overlay: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bytes of all files that can be read: fixes are made for these, whatever happens to the files meanwhile."""
    texts = {}
    for path in files:
        try:
            texts[path] = overlay[path] if path in overlay else _read(path)
        except OSError:
            continue  # the analysis says so
    return texts


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def deliver(outcome: Outcome, show: bool, overlay: Mapping[str, bytes]) -> list[str]:
    """Write the fixed files, or print them where they came from stdin (``overlay``), or only ``show`` the changes as a
    patch; what went wrong, a line for each file."""
    if show:
        _print(diff.render(outcome.before, outcome.after, painter_for(sys.stdout)))
        return []
    for path, data in overlay.items():
        _print(outcome.after.get(path, data))
    errors = []
    for path, data in sorted(outcome.after.items()):
        if path not in overlay:
            try:
                replace_file(path, data, outcome.before[path])
            except OSError as error:
                errors.append(f"{one_line(path)}: not fixed: {(error.strerror or str(error)).lower()}")
    return errors


def _print(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def refusals(outcome: Outcome) -> Iterator[str]:
    """A line for each fix that was not applied."""
    sources = Sources({**outcome.after, **outcome.before})
    for diagnostic, reason in outcome.refused:
        span = sources.in_cell(diagnostic.span)
        yield f"{one_line(span.path)}:{spot(span)}: {diagnostic.code} not fixed: {one_line(reason)}"
