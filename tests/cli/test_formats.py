"""The formats for services, on findings made by hand and through the command line, against the services' schemas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from initlint import __version__
from initlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Suppressed
from initlint.engine import Report
from initlint.ir.place import Span
from initlint.report import RENDERERS
from initlint.report.paint import Painter
from initlint.sources import Sources
from tests.cli.conftest import FAULTY, Run, finding

SOURCE = "first = 1\nä = '😀'; make(2)\n".encode()
PLACE = Span("some dir/net.py", 2, 10, 2, 17)
FIX = Fix("use `other`", Applicability.UNSAFE, (Edit(replace(PLACE, end_column=14), "other"),))
RICH = finding(
    span=PLACE,
    related=((Span("other.py", 1, 1, 1, 5), "applied here"),),
    fix=FIX,
    class_name="Net",
    layer="fc1",
)
PLAIN = finding("net.py", 3, severity=Severity.ERROR, message="<a> & \x1b ×")
HIDDEN = Suppressed(finding("net.py", 9, severity=Severity.INFO), "inSource", "the norm comes later")
REPORT = Report((RICH, PLAIN), 3, (("bad.py", "internal error"),), suppressed=(HIDDEN,))


@pytest.fixture(autouse=True)
def _no_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def render(form: str, report: Report = REPORT) -> str:
    return RENDERERS[form](report, Sources({PLACE.path: SOURCE, "net.py": b"x = 1\n"}), Painter(True, True))


def sarif(text: str) -> dict[str, Any]:
    """The one run of a SARIF log, after validating the log against models generated from its schema."""
    model = pytest.importorskip("pydantic_sarif.model")
    log = json.loads(text)
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(log)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return dict(run)


def test_sarif() -> None:
    run = sarif(render("sarif"))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("initlint", __version__)
    [rule] = driver["rules"]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]) == (
        "IL201",
        "xavier-before-relu",
        {"enabled": True},
    )
    assert rule["help"]["markdown"].startswith("# xavier-before-relu (IL201)\n")
    hidden, plain, rich = run["results"][1], run["results"][0], run["results"][2]
    assert [each["level"] for each in (plain, hidden, rich)] == ["error", "note", "warning"]
    assert rich["message"] == {"text": RICH.message}
    [location] = rich["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "some%20dir/net.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 17},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Net.fc1", "kind": "type"}]
    assert rich["relatedLocations"][0]["message"] == {"text": "applied here"}
    [fix] = rich["fixes"]
    assert fix["description"] == {"text": "use `other` (changes the numbers of a run)"}
    [change] = fix["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "other"}
    assert hidden["suppressions"] == [{"kind": "inSource", "justification": "the norm comes later"}]
    assert "suppressions" not in rich
    names = {each["partialFingerprints"]["initlint/v1"] for each in run["results"]}
    assert len(names) == 3
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "internal error"}


def test_sarif_of_little() -> None:
    run = sarif(render("sarif", Report((), 0)))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"][0]["executionSuccessful"] is True
    own = sarif(render("sarif", Report((finding(code="X001", name="our-rule"),), 1)))
    assert own["tool"]["driver"]["rules"] == [{"id": "X001", "name": "our-rule"}]


def test_gitlab() -> None:
    rich, plain = json.loads(render("gitlab"))
    assert rich == {
        "description": f"IL201 xavier-before-relu: {RICH.message}",
        "check_name": "xavier-before-relu",
        "fingerprint": rich["fingerprint"],
        "severity": "major",
        "location": {"path": "some dir/net.py", "lines": {"begin": 2, "end": 2}},
    }
    assert plain["severity"] == "critical"
    assert plain["fingerprint"] != rich["fingerprint"]


def test_one_name_in_all_formats() -> None:
    names = [each["fingerprint"] for each in json.loads(render("json"))]
    assert [each["fingerprint"] for each in json.loads(render("gitlab"))] == names
    assert [json.loads(line)["fingerprint"] for line in render("jsonl").splitlines()] == names
    results = json.loads(render("sarif"))["runs"][0]["results"]
    assert {each["partialFingerprints"]["initlint/v1"] for each in results} >= set(names)


def test_jsonl_is_json_by_lines() -> None:
    assert [json.loads(line) for line in render("jsonl").splitlines()] == json.loads(render("json"))
    assert render("jsonl", Report((), 0)) == ""


def test_rdjson_counts_bytes() -> None:
    found = json.loads(render("rdjson"))
    assert found["source"] == {"name": "initlint"}
    rich, plain = found["diagnostics"]
    start = SOURCE.splitlines()[1].index(b"make") + 1
    assert rich["location"] == {
        "path": "some dir/net.py",
        "range": {"start": {"line": 2, "column": start}, "end": {"line": 2, "column": start + 7}},
    }
    assert rich["suggestions"] == [
        {"range": {"start": {"line": 2, "column": start}, "end": {"line": 2, "column": start + 4}}, "text": "other"}
    ]
    assert rich["relatedLocations"][0]["message"] == "applied here"
    assert (rich["code"], rich["severity"], plain["severity"]) == ({"value": "IL201"}, "WARNING", "ERROR")
    assert "suggestions" not in plain
    many = replace(RICH, fix=replace(FIX, edits=(*FIX.edits, Edit(Span("net.py", 1, 1, 1, 1), "import x\n"))))
    assert "suggestions" not in json.loads(render("rdjson", Report((many,), 1)))["diagnostics"][0]


def test_junit() -> None:
    root = ET.fromstring(render("junit").split("\n", 1)[1])
    assert (root.tag, root.attrib) == (
        "testsuites",
        {"name": "initlint", "tests": "4", "failures": "2", "errors": "1", "skipped": "1"},
    )
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["bad.py", "net.py", "some dir/net.py"]
    failed, skipped = suites["net.py"]
    assert failed.attrib == {
        "name": "IL201 xavier-before-relu (3:1)", "classname": "net.py", "file": "net.py", "line": "3"
    }  # fmt: skip
    [failure] = failed
    assert failure.attrib == {"type": "error", "message": "<a> & \\x1b ×"}
    assert failure.text == "net.py:3:1: IL201 xavier-before-relu: <a> & \\x1b ×"
    assert skipped[0].attrib == {"message": "the norm comes later"}
    assert suites["bad.py"][0][0].tag == "error"


def test_junit_of_little() -> None:
    root = ET.fromstring(render("junit", Report((), 3)).split("\n", 1)[1])
    assert (root.get("tests"), root.get("failures"), len(root)) == ("1", "0", 1)


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit", "rdjson", "jsonl"])
def test_odd_names(form: str) -> None:
    text = render(form, Report((finding("caf\udce9\ufffe\x00.py", message="\ud800\x00\uffff"),), 1))
    if form == "junit":
        ET.fromstring(text.split("\n", 1)[1].encode("utf-8"))
    else:
        assert text.isascii()
        [json.loads(line) for line in (text.splitlines() if form == "jsonl" else [text])]
    if form == "sarif":
        sarif(text)


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_start_at_the_checkout(work: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    (work / "sub").mkdir()
    monkeypatch.chdir(work / "sub")
    monkeypatch.setenv(variable, str(work))
    found = Report((finding("net.py"),), 1)
    assert json.loads(render("gitlab", found))[0]["location"]["path"] == "sub/net.py"
    assert '"uri": "sub/net.py"' in render("sarif", found)
    away = json.loads(render("sarif", Report((finding("/else where/net.py"),), 1)))["runs"][0]["results"][0]
    assert away["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///else%20where/net.py"}


# -- through the command line


def test_several_reports_at_once(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY + "nn.init.normal(w)  # initlint: ignore[IL601] legacy\n")
    result = run("--format", "concise", "--format", "sarif=out.sarif", "--format", "junit=out.xml", "net.py")
    assert result.exit_code == 1
    assert result.stdout.startswith("net.py:5:5: IL601 ")
    results = sarif((work / "out.sarif").read_text())["results"]
    assert [each.get("suppressions", [{}])[0].get("justification") for each in results] == [None, "legacy"]
    ET.parse(work / "out.xml")
    result = run("--format", "gitlab=quality.json", "net.py")
    assert "error" in result.stdout or "warning[IL601]" in result.stdout  # the usual report is still there
    assert json.loads((work / "quality.json").read_text())[0]["check_name"] == "deprecated-init"


def test_an_output_file_takes_the_report_of_stdout(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    result = run("--format", "json", "--output-file", "a.json", "--format", "jsonl=b.jsonl", "net.py")
    assert result.stdout == ""
    assert json.loads((work / "a.json").read_text()) == [json.loads((work / "b.jsonl").read_text())]
    assert run("--output-file", "/dev/null", "net.py").exit_code == 1
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "sarf"], "`sarf` is no format"),
        (["--format", "sarif="], "names no file"),
        (["--format", "json", "--format", "sarif"], "write `--format sarif=FILE` for the second"),
        (["--format", "json=a", "--format", "sarif=./a"], "two reports would be written to one file"),
        (["--format", "json=a", "--output-file", "a"], "two reports would be written to one file"),
        (["--diff", "--format", "json=a"], "give no report to write"),
        (["--statistics", "--format", "sarif"], "--statistics goes with"),
    ],
)
def test_usage(work: Path, run: Run, arguments: list[str], message: str) -> None:
    result = run(*arguments, ".")
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_cannot_be_written(work: Path, run: Run) -> None:
    result = run("--format", "sarif=no/such/folder/out.sarif", ".")
    assert result.exit_code == 2
    assert "no/such/folder/out.sarif: can't be written: no such file or directory" in result.stderr


def test_diagnostics_are_told_apart_by_identity() -> None:
    # A finding may be reported at one place and hidden at an equal one.
    same: Diagnostic = finding()
    run = sarif(render("sarif", Report((same,), 1, suppressed=(Suppressed(finding(), "external"),))))
    assert ["suppressions" in each for each in run["results"]] == [False, True]
