"""JUnit's XML, which most CI services show as a table of tests: a file is a suite, a finding a failed test.

https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from initlint.diagnostics import Diagnostic
from initlint.engine import Report
from initlint.report.location import from_root, spot
from initlint.report.paint import Painter, one_line
from initlint.sources import Sources


def render(report: Report, sources: Sources, painter: Painter) -> str:
    """The findings; those that are suppressed are skipped tests, and files on which the analysis failed are errors. A
    run without any is one passed test."""
    suites: dict[str, list[ET.Element]] = {}
    for each in report.diagnostics:
        case = _case(each, sources)
        failure = ET.SubElement(case, "failure", type=each.severity.value, message=_xml(each.message))
        failure.text = _xml(f"{_place(each)}: {each.message}")
        suites.setdefault(each.span.path, []).append(case)
    for suppressed in report.suppressed:
        case = _case(suppressed.diagnostic, sources)
        ET.SubElement(case, "skipped", message=_xml(suppressed.reason or "suppressed"))
        suites.setdefault(suppressed.diagnostic.span.path, []).append(case)
    for path, why in report.failures:
        case = ET.Element("testcase", name="analysis", classname=_xml(from_root(path)))
        ET.SubElement(case, "error", type="analysis", message=_xml(why))
        suites.setdefault(path, []).append(case)
    root = ET.Element(
        "testsuites", {"name": "initlint", **_counts([case for cases in suites.values() for case in cases])}
    )
    for path, cases in sorted(suites.items()):
        suite = ET.SubElement(root, "testsuite", {"name": _xml(from_root(path)), **_counts(cases)})
        suite.extend(cases)
    if not suites:
        root.set("tests", "1")
        suite = ET.SubElement(root, "testsuite", name="initlint", tests="1", failures="0", errors="0", skipped="0")
        ET.SubElement(suite, "testcase", name="no findings", classname="initlint")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(diagnostic: Diagnostic, sources: Sources) -> ET.Element:
    span = diagnostic.span
    path = _xml(from_root(span.path))
    name = f"{diagnostic.code} {diagnostic.name} ({spot(span)})"
    return ET.Element("testcase", name=name, classname=path, file=path, line=str(sources.row(span)))


def _place(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    return f"{from_root(span.path)}:{spot(span)}: {diagnostic.code} {diagnostic.name}"


def _counts(cases: Sequence[ET.Element]) -> dict[str, str]:
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {key: str(sum(case.find(tag) is not None for case in cases)) for key, tag in kinds.items()}
    return {"tests": str(len(cases)), **counts}


def _xml(text: str) -> str:
    """The text without what XML cannot hold: controls and halves of characters, escaped."""
    return "".join(_character(each) for each in one_line(text))


def _character(each: str) -> str:
    allowed = each in "\t\n" or "\x20" <= each <= "\ud7ff" or "\ue000" <= each <= "\ufffd" or each >= "\U00010000"
    return each if allowed else each.encode("unicode_escape").decode("ascii")
