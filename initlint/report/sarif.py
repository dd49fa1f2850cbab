"""SARIF 2.1.0, which code scanning services read: findings with fingerprints and fixes, rules with their pages, and
what is suppressed as such.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from typing import Any

from initlint import __version__
from initlint.diagnostics import Applicability, Diagnostic, Fix, Severity, Suppressed
from initlint.engine import Report
from initlint.fingerprint import fingerprints
from initlint.ir.place import Span
from initlint.pages import page_text
from initlint.report.location import in_notebook, root, uri
from initlint.report.paint import Painter
from initlint.selection import BUILT_IN
from initlint.sources import Sources

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """One JSON object with one run."""
    hidden = {id(each.diagnostic): each for each in report.suppressed}
    found = sorted([*report.diagnostics, *(each.diagnostic for each in report.suppressed)], key=lambda d: d.sort_key)
    names = fingerprints(found, sources.line, root())
    rules = sorted({each.code: each.name for each in found}.items())
    indices = {code: index for index, (code, _) in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "initlint",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code, name) for code, name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": failure},
                        "locations": [_location(Span(path, 1, 1, 1, 1), sources)],
                    }
                    for path, failure in report.failures
                ],
            }
        ],
        "results": [
            _result(each, name, sources, indices, hidden.get(id(each))) for each, name in zip(found, names, strict=True)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, name: str) -> dict[str, Any]:
    rule = BUILT_IN.find(code)
    if rule is None:  # of a project's own
        return {"id": code, "name": name}
    page = page_text(rule)
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"enabled": rule.default},
        "properties": {"tags": ["weight-initialization", "pytorch"]},
    }


def _result(
    diagnostic: Diagnostic,
    fingerprint: str,
    sources: Sources,
    indices: dict[str, int],
    suppressed: Suppressed | None,
) -> dict[str, Any]:
    location = _location(diagnostic.span, sources)
    if diagnostic.class_name:
        names = ".".join(each for each in (diagnostic.class_name, diagnostic.layer) if each)
        location["logicalLocations"] = [{"fullyQualifiedName": names, "kind": "type"}]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": indices[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{in_notebook(diagnostic.span)}{diagnostic.message}"},
        "locations": [location],
        "partialFingerprints": {"initlint/v1": fingerprint},
        "properties": {"confidence": diagnostic.confidence.value},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": label}, **_location(span, sources)}
            for number, (span, label) in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fix is not None and not diagnostic.span.cell:
        result["fixes"] = [_fix(diagnostic.fix)]
    if suppressed is not None:
        reason = {"justification": suppressed.reason} if suppressed.reason else {}
        result["suppressions"] = [{"kind": suppressed.kind, **reason}]
    return result


def _location(span: Span, sources: Sources) -> dict[str, Any]:
    # The columns of a notebook's cell are not those of its file.
    region = {"startLine": sources.row(span)} if span.cell else _region(span)
    return {"physicalLocation": {"artifactLocation": _artifact(span.path), "region": region}}


def _artifact(path: str) -> dict[str, Any]:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.span.path, []).append(replacement)
    safe = fix.applicability is Applicability.SAFE
    return {
        "description": {"text": f"{fix.message} ({'safe' if safe else 'changes the numbers of a run'})"},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
