"""A finding with its source: the line to change, the related lines, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.diagnostics import Applicability, Diagnostic
from initlint.engine import Report
from initlint.pages import page_url
from initlint.report.frame import Mark, frames
from initlint.report.paint import SEVERITY_COLOURS, Painter, one_line
from initlint.sources import Sources


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """The findings, each followed by an empty line."""
    return "".join("\n".join(_finding(diagnostic, sources, painter)) + "\n\n" for diagnostic in report.diagnostics)


def _finding(diagnostic: Diagnostic, sources: Sources, painter: Painter) -> Iterator[str]:
    colour = SEVERITY_COLOURS[diagnostic.severity]
    code = painter.link(diagnostic.code, page_url(diagnostic.name) if painter.links else None)
    head = painter.paint(f"{diagnostic.severity.value}[{code}]", colour)
    yield f"{head} {painter.paint(diagnostic.name, 'bold')}: {one_line(diagnostic.message)}"
    marks = [Mark(diagnostic.span, "", True)]
    marks += [Mark(span, label, False) for span, label in diagnostic.related]
    yield from frames(marks, sources, painter, colour)
    gutter = max(len(str(mark.span.line)) for mark in marks)
    for label, text in _notes(diagnostic):
        yield f"{' ' * gutter} {painter.paint('=', 'blue')} {painter.paint(label, 'bold')}: {one_line(text)}"


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    if diagnostic.class_name:
        layer = f", layer `{diagnostic.layer}`" if diagnostic.layer else ""
        yield "in", f"class `{diagnostic.class_name}`{layer}"
    if diagnostic.fix is not None:
        safe = diagnostic.fix.applicability is Applicability.SAFE
        yield "fix", f"{diagnostic.fix.message} ({'safe' if safe else 'changes the numbers of a run'})"
    yield "help", f"`initlint explain {diagnostic.name}`"
