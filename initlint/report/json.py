"""One JSON array, for programs. Lines and columns count from 1, columns count characters, ends are exclusive."""

from __future__ import annotations

import json
from typing import Any

from initlint.diagnostics import Diagnostic, Fix
from initlint.engine import Report
from initlint.fingerprint import fingerprints
from initlint.ir.place import Span
from initlint.pages import page_url
from initlint.report.location import root
from initlint.report.paint import Painter
from initlint.sources import Sources


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """The findings as one array. Text is ASCII, so that no encoding can spoil it."""
    return json.dumps(objects(report, sources), indent=2) + "\n"


def objects(report: Report, sources: Sources) -> list[dict[str, Any]]:
    """The findings as JSON values."""
    names = fingerprints(report.diagnostics, sources.line, root())
    pairs = zip(report.diagnostics, names, strict=True)
    return [{**as_object(each), "fingerprint": name} for each, name in pairs]


def as_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as JSON values, without its name among others."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "related": [{"label": label, **_place(span)} for span, label in diagnostic.related],
        "fix": _fix(diagnostic.fix),
        "url": page_url(diagnostic.name),
        "class": diagnostic.class_name or None,
        "layer": diagnostic.layer or None,
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "cell": span.cell or None,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability.value, "message": fix.message, "edits": edits}
