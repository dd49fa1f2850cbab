"""The diagnostic format of reviewdog, which comments on the lines of a change.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import Report
from initlint.ir.place import Span
from initlint.report.location import from_root, in_notebook
from initlint.report.paint import Painter
from initlint.sources import Sources

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """One JSON object. Columns count bytes of UTF-8, as reviewdog wants them."""
    listed = [_diagnostic(each, sources) for each in report.diagnostics]
    return json.dumps({"source": {"name": "initlint"}, "diagnostics": listed}, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic, sources: Sources) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": f"{diagnostic.name}: {in_notebook(diagnostic.span)}{diagnostic.message}",
        "location": _location(diagnostic.span, sources),
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code},
    }
    edits = diagnostic.fix.edits if diagnostic.fix is not None and not diagnostic.span.cell else ()
    if len(edits) == 1:  # each suggestion is one to accept by itself
        found["suggestions"] = [{"range": _range(edits[0].span, sources), "text": edits[0].text}]
    if diagnostic.related:
        found["relatedLocations"] = [
            {"message": label, "location": _location(span, sources)} for span, label in diagnostic.related
        ]
    return found


def _location(span: Span, sources: Sources) -> dict[str, Any]:
    return {"path": from_root(span.path), "range": _range(span, sources)}


def _range(span: Span, sources: Sources) -> dict[str, Any]:
    if span.cell:  # columns are those of the cell
        return {"start": {"line": sources.row(span)}}
    end = replace(span, line=span.end_line)
    return {
        "start": {"line": span.line, "column": _column(span, span.column, sources)},
        "end": {"line": span.end_line, "column": _column(end, span.end_column, sources)},
    }


def _column(span: Span, column: int, sources: Sources) -> int:
    text = sources.line(span)
    return column if text is None else len(text[: column - 1].encode("utf-8", "surrogatepass")) + 1
