"""The problem matchers, on what the command line really prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from initlint.diagnostics import Severity
from initlint.results import FileResult
from tests.cli.conftest import FAULTY, Fake, Run, finding

EDITORS = Path(__file__).resolve().parents[2] / "editors"


def vscode() -> dict[str, Any]:
    (task,) = json.loads((EDITORS / "vscode/tasks.json").read_text())["tasks"]
    pattern: dict[str, Any] = task["problemMatcher"]["pattern"]
    return pattern


def github() -> dict[str, Any]:
    (matcher,) = json.loads((EDITORS / "github/problem-matcher.json").read_text())["problemMatcher"]
    (pattern,) = matcher["pattern"]
    return pattern  # type: ignore[no-any-return]


def match(pattern: dict[str, Any], line: str) -> dict[str, str]:
    found = re.match(pattern["regexp"], line)
    assert found, line
    return {key: found.group(number) for key, number in pattern.items() if key != "regexp"}


@pytest.mark.parametrize("pattern", [vscode(), github()], ids=["vscode", "github"])
@pytest.mark.parametrize("severity", list(Severity))
def test_every_part_is_found(pattern: dict[str, Any], severity: Severity, work: Path, run: Run, fake: Fake) -> None:
    path = "odd: dir/net 1:2.py"
    (work / "odd: dir").mkdir()
    (work / path).touch()
    fake(FileResult(path, (finding(path, 12, 34, severity=severity, message="one: two error: (×2.4e-04)"),)))
    line, summary = run("--format", "concise", ".").stdout.splitlines()
    assert match(pattern, line) == {
        "file": path,
        "line": "12",
        "column": "34",
        "code": "IL201",
        "severity": severity.value,
        "message": "one: two error: (×2.4e-04)",
    }
    assert re.match(pattern["regexp"], summary) is None


def test_on_a_real_run_of_the_task(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    (work / "broken.py").write_text("x = = 1\n")
    (task,) = json.loads((EDITORS / "vscode/tasks.json").read_text())["tasks"]
    assert task["command"] == "initlint"
    found = [match(vscode(), line) for line in run(*task["args"]).stdout.splitlines()]
    assert [(each["file"], each["severity"], each["code"]) for each in found] == [
        ("broken.py", "error", "IL001"),
        ("net.py", "warning", "IL601"),
    ]


def test_windows_paths() -> None:
    line = "C:/code/net.py:1:2: IL201 xavier-before-relu warning: x"
    assert match(vscode(), line)["file"] == "C:/code/net.py"
