"""Workflow commands that GitHub Actions shows as annotations on the lines of a change.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import Report
from initlint.report.location import from_root, spot
from initlint.report.paint import Painter
from initlint.sources import Sources

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """One command on each line."""
    return "".join(_command(diagnostic, sources) for diagnostic in report.diagnostics)


def _command(diagnostic: Diagnostic, sources: Sources) -> str:
    span = diagnostic.span
    properties = {
        "title": f"{diagnostic.code} {diagnostic.name}",
        "file": from_root(span.path),
        "line": sources.row(span),
    }
    if span.cell:
        pass  # columns are those of the cell
    elif span.end_line == span.line:
        # Columns are only allowed where the annotation stays on one line.
        properties |= {"col": span.column, "endLine": span.line, "endColumn": span.end_column}
    else:
        properties |= {"endLine": span.end_line}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    place = f"{span.path}:{spot(span)}: {diagnostic.code} "
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_data(place + diagnostic.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
