"""One finding on one line, made for problem matchers: ``path:line:col: CODE name severity: message``."""

from __future__ import annotations

from initlint.diagnostics import Diagnostic
from initlint.engine import Report
from initlint.report.location import spot
from initlint.report.paint import SEVERITY_COLOURS, Painter, one_line
from initlint.sources import Sources


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """The findings, one on each line. Colour changes nothing of the text."""
    return "".join(_line(diagnostic, painter) for diagnostic in report.diagnostics)


def _line(diagnostic: Diagnostic, painter: Painter) -> str:
    span = diagnostic.span
    where = painter.paint(one_line(span.path), "bold")
    severity = painter.paint(diagnostic.severity.value, SEVERITY_COLOURS[diagnostic.severity])
    rule = f"{diagnostic.code} {diagnostic.name}"
    return f"{where}:{spot(span)}: {rule} {severity}: {one_line(diagnostic.message)}\n"
