"""A code quality report for GitLab, which shows it in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json

from initlint.diagnostics import Severity
from initlint.engine import Report
from initlint.fingerprint import fingerprints
from initlint.ir.place import Span
from initlint.report.location import from_root, in_notebook, root
from initlint.report.paint import Painter
from initlint.sources import Sources

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """One JSON array."""
    names = fingerprints(report.diagnostics, sources.line, root())
    listed = [
        {
            "description": f"{each.code} {each.name}: {in_notebook(each.span)}{each.message}",
            "check_name": each.name,
            "fingerprint": name,
            "severity": _SEVERITIES[each.severity],
            "location": {
                "path": from_root(each.span.path),
                "lines": _lines(each.span, sources),
            },
        }
        for each, name in zip(report.diagnostics, names, strict=True)
    ]
    return json.dumps(listed, indent=2) + "\n"


def _lines(span: Span, sources: Sources) -> dict[str, int]:
    begin = sources.row(span)
    return {"begin": begin, "end": begin + span.end_line - span.line}
