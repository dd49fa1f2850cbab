"""Workflow commands that GitHub Actions shows as annotations on the lines of a change.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from initlint.diagnostics import Diagnostic, Severity
from initlint.report.frame import Sources
from initlint.report.paint import Painter

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(diagnostics: Sequence[Diagnostic], sources: Sources, painter: Painter) -> str:
    """One command on each line."""
    return "".join(_command(diagnostic) for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {"title": f"{diagnostic.code} {diagnostic.name}", "file": _in_workspace(span.path), "line": span.line}
    if span.end_line == span.line:
        # Columns are only allowed where the annotation stays on one line.
        properties |= {"col": span.column, "endLine": span.line, "endColumn": span.end_column}
    else:
        properties |= {"endLine": span.end_line}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    place = f"{span.path}:{span.line}:{span.column}: {diagnostic.code} "
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_data(place + diagnostic.message)}\n"


def _in_workspace(path: str) -> str:
    """The path from the root of the repository, which GitHub wants; as it is outside of a workflow."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace:
        return path
    try:
        relative = os.path.relpath(os.path.abspath(path), workspace)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
