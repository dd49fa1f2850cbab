"""The diagnostic format of reviewdog, which comments on the lines of a change.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from typing import Any

from initlint.diagnostics import Diagnostic, Severity
from initlint.engine import Report
from initlint.ir.place import Span
from initlint.report.frame import Sources
from initlint.report.location import from_root
from initlint.report.paint import Painter

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """One JSON object. Columns count bytes of UTF-8, as reviewdog wants them."""
    listed = [_diagnostic(each, sources) for each in report.diagnostics]
    return json.dumps({"source": {"name": "initlint"}, "diagnostics": listed}, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic, sources: Sources) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": f"{diagnostic.name}: {diagnostic.message}",
        "location": _location(diagnostic.span, sources),
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code},
    }
    edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
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
    return {
        "start": {"line": span.line, "column": _column(span.path, span.line, span.column, sources)},
        "end": {"line": span.end_line, "column": _column(span.path, span.end_line, span.end_column, sources)},
    }


def _column(path: str, line: int, column: int, sources: Sources) -> int:
    text = sources.line(path, line)
    return column if text is None else len(text[: column - 1].encode("utf-8", "surrogatepass")) + 1
